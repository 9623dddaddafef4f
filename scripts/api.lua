---@meta espalier
-- Everything a script may call, for editors and luacheck.  Generated from the table in
-- engine/script/api.c; a test compares.  Besides these: string, table, math, utf8, pairs,
-- ipairs, select, type, tostring, tonumber, assert, error, pcall.

--- Live answers by the id of their question; nil if skipped or not asked yet.
---@type table<string, any>
answers = {}

--- Further data of the workflow, read-only.
---@type table<string, any>
data = {}

--- The option lists of the workflow, read-only.
---@type table<string, { id: string, label: string }[]>
lists = {}

--- A promise: what, by when, why. Without a text (its question was skipped) it is left out.
---@param fields table text, due, owner, because, watch_out ...
function action(fields) end

--- A remark for the coach: what seems to be missing, as a question to ask.
---@param text string a text or the id of a message
---@param opts { about: any }?
function advise(text, opts) end

--- The answer to a question, or the run stops here.
---@param id string
---@param opts { item: table?, about: any, as: string?, items: any, rows: any, start: any }?
---@return any answer nil if it was skipped
function ask(id, opts) end

--- The average of numbers; nil if there are none.
---@param list table|nil
---@param field string|nil a field of the items
---@return number|nil
function average(list, field) end

--- The element with the biggest value; the first of equals; nil if there is none.
---@param list table|nil
---@param field string|nil a field of the items
---@return any
function biggest(list, field) end

--- How many elements there are, or pass the test.
---@param list table|nil
---@param test (fun(element: any): boolean)|nil
---@return integer
function count(list, test) end

--- The day n days later.
---@param n integer
---@param from string? a day; today() if left out
---@return string|nil
function days(n, from) end

--- The elements of a list answer, in order.
---@param list string|table|nil the id of a question, or a list
---@return fun(): any, integer
function each(list) end

--- A goal of the development plan.
---@param fields { text: string }
function goal(fields) end

--- Is there nothing: nil, an empty text, an empty list?
---@param value any
---@return boolean
function is_empty(value) end

--- The texts of a list as one text.
---@param list table|nil
---@param separator string? ", " if left out
---@return string
function join(list, separator) end

--- Everything that follows belongs to this phase.
---@param id string
function phase(id) end

--- One element, chosen by journey and label: the same at every run.
---@param label string
---@param list table
---@return any
function pick(label, list) end

--- An item on a canvas, with its mark: maintain, strengthen, add, reduce, delete.
---@param canvas string
---@param block string
---@param item table|string
---@param fields { mark: string }?
function put(canvas, block, item, fields) end

--- An output of a kind that the workflow declares.
---@param kind string
---@param fields table
function record(kind, fields) end

--- A reminder.
---@param fields { text: string, on: string? }
function remind(fields) end

--- A part of the conversation in a scope of its own.
---@param label string
---@param f function
---@return any ...
function run(label, f, ...) end

--- A message of the moment.
---@param text string a text or the id of a message
---@param opts table?
function say(text, opts) end

--- The element with the smallest value; the first of equals; nil if there is none.
---@param list table|nil
---@param field string|nil a field of the items
---@return any
function smallest(list, field) end

--- Asks all questions of a step; stops here until the required ones are answered or skipped.
---@param id string
---@param opts { item: table?, as: string? }?
function step(id, opts) end

--- The sum of numbers; 0 if there are none.
---@param list table|nil
---@param field string|nil a field of the items
---@return number
function sum(list, field) end

--- The day of the latest answer used so far.
---@return string|nil
function today() end

--- Two lanes: all open questions of both are open, in any order; joined at the end.
---@param lanes { client: function?, coach: function? }
---@return any ...
function together(lanes) end

--- A module.
---@param name string such as "lib/name"
---@return any
function use(name) end

--- Homework, an experiment, a pause: open until the day comes or the coach closes it.
---@param id string
---@param opts { days: integer?, till: string?, who: string? }?
---@return any
function wait(id, opts) end
