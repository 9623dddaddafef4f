-- What a workflow's script may name; everything else is an error at run time as well.
std = "none"
read_globals = {
  "phase", "step", "ask", "say", "each", "together", "wait", "run", "use", "answers", "data", "lists",
  "put", "action", "goal", "remind", "record", "advise", "today", "pick",
  "days", "sum", "average", "biggest", "smallest", "count", "is_empty", "join",
  "string", "table", "math", "utf8", "pairs", "ipairs", "select", "type", "tostring", "tonumber",
  "assert", "error", "pcall",
}
max_line_length = false   -- the lint measures lines
exclude_files = { "scripts/api.lua" }   -- annotations, generated
ignore = { "512" }          -- "for _ in pairs(t) do return false end" asks whether t is empty
