-- One talk of 45 minutes: what is wanted, how things are, what could be done, what will be done.

phase "aim"
step "arrive"

phase "reality"
step "look"
if answers.near and answers.near >= 8 then say "nearly_there" end

phase "options"
step "gather"
local ideas = answers.ideas or {}
if #ideas == 1 then say "one_idea" end
if #ideas > 1 then step("weigh", { rows = ideas }) end

phase "will"
for _, idea in ipairs(ideas) do                     -- the favourite comes first in the ranking
  local first = answers.favourite and answers.favourite[1]
  if idea.id == first then say("favourite_first", { idea = idea.text }) end
end
step "decide"
local chosen, sure = answers.step, answers.sure
if chosen and sure and sure < 7 then
  say "smaller"
  chosen = ask("step", { as = "smaller" }) or chosen           -- the same question once more
end

if chosen then
  put("talk", "step", chosen.what)
  action { text = chosen.what, due = chosen.by, know = chosen.know, help = chosen.help,
           watch_out = answers.obstacle, answer = answers.answer }
  if not chosen.by then advise("remark_no_date", { about = "step" }) end
else
  advise("remark_no_step", { about = "step" })
end
step "close"
