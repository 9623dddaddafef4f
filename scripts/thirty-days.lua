-- Thirty days later: what was kept, what changed and why, what went well, what comes next.

phase "kept"
step "look_back"
local promises, left = answers.promises or {}, {}
if #promises > 0 then step("fates", { rows = promises }) end
for _, promise in ipairs(promises) do
  local fate = answers.fate and answers.fate[promise.id] or {}
  promise.fate, promise.why, promise.missed = fate.to, fate.why, fate.to and fate.to ~= "kept"
  if fate.to == "kept" then put("month", "kept", promise) end
  local so_far = fate.to == "partly" or fate.to == "not_yet"
  if so_far then table.insert(left, { text = promise.text }) end
end
local kept = count(promises, function(promise) return promise.fate == "kept" end)
if kept > 0 and kept == #promises then say "all_kept" end
if kept == 0 and #left > 0 then say "none_kept" end

phase "changed"
for _, promise in ipairs(promises) do
  local why = promise.missed and ask("reason", { item = promise }) or promise.why
  record("fate", { text = promise.text, what = promise.fate, why = why })
end
step "difference"
local before, now = answers.before, answers.now
if before and now and now ~= before then say(now > before and "further" or "back") end

phase "successes"
step "gather"
for success in each "successes" do ask("your_part", { item = success }) end

phase "ahead"
local plans = ask("plans", { start = #left > 0 and left or nil })       -- what was left open
step "make_sure"
for plan in each(plans) do
  action { text = plan.text, due = plan.by, because = plan.why, watch_out = answers.hurdle }
  if not plan.by then advise("remark_no_date", { about = "plans", plan = plan.text }) end
end
if not answers.next_look then advise("remark_no_look", { about = "next_look" }) end
step "close"
