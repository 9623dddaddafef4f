phase "define"
step "aim"                             -- asks every question of the step, on one screen if it can
if answers.where_now and answers.where_now >= 9 then say "almost_there" end
step "in_the_way"

phase "reflect"
for obstacle in each "obstacles" do
  obstacle.power = ask("power", { item = obstacle })                     -- one answer per item
end

phase "rework"
local worst = biggest(answers.obstacles, "power")
local first = ask("first_step", { about = answers.goal }) or {}   -- nil if it was skipped
action { text = first.what, due = first.by, because = answers.goal, watch_out = worst }
if first.what then put("talk", "step", first.what) end

phase "test"
wait("try_it", { days = 7 })           -- open until the day comes or the coach closes it
local before, after = answers.where_now, ask("where_now", { as = "after" })    -- asked once more
if before and after then say(after > before and "moved" or "not_yet", { after = after }) end
step "look_back"
if answers.insight then record("insight", { text = answers.insight, from = answers.topic }) end
