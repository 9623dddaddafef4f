-- A first coaching session: one goal, what stands in the way, one small step, a look back a week later.

phase "define"
step "aim"                                   -- asks every question of the step, on one screen where there is one
if answers.goal then put("talk", "goal", answers.goal) end
if answers.where_now and answers.where_now >= 9 then say "almost_there" end
step "in_the_way"

phase "reflect"
for obstacle in each "obstacles" do
  obstacle.power = ask("power", { item = obstacle })          -- one answer per item
end

phase "rework"
local worst = biggest(answers.obstacles, "power")
local first = ask("first_step", { about = answers.goal })
if first then                                -- any question can be skipped: then there is nothing here
  action { text = first.what, due = first.by, because = answers.goal, watch_out = worst and worst.text }
  put("talk", "step", first.what)
end

phase "test"
wait("try_it", { days = 7 })                                  -- open until the day comes or the coach closes it
local before, after = answers.where_now, ask("where_now", { as = "after" })   -- same question, under its own name
if before and after then
  if after > before then say("moved", { before = before, after = after }) else say "not_yet" end
end
local insight = ask "insight"
if insight then record("insight", { text = insight, from = answers.topic }) end
