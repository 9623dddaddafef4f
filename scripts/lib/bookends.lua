-- What stands before and after the four phases: the agreement, and looking back.  A coach who does
-- without them is asked nothing of it.
local bookends = {}

local DAYS = { 30, 60, 90 }

-- The agreement at the start.
function bookends.open()
  phase "agree"
  step "bookends"
  if not answers.bookends then return end
  step "agreement"
  step "trust"
  step "baseline"
  if answers.agree_limits == false then advise("remark_limits", { about = "agree_limits" }) end
  if not answers.agree_done then advise("remark_not_agreed", { about = "agree_done" }) end
end

local function record_scores(goals, after)
  local scores = answers.goal_scores
  for goal in each(goals) do
    local score = scores and scores[goal.id]
    if score then
      record("score", { text = goal.text, level = score.level, after = after, from = "goals" })
    end
  end
end

local function look(after, goals, begun)
  wait("look_again", { till = begun and days(after, begun), days = not begun and 30 or nil,
                       after = after })
  if answers.promise then say("review_begins", { after = after }) end
  step "look_back"
  step("scores", { rows = goals })
  record("looked_back", { after = after, due = today(), success = answers.success,
                          kept = answers.kept, changed = answers.changed,
                          why = answers.changed_why, from = "kept" })
  local step_on = answers.next_step
  if step_on then
    action { text = step_on.what, due = step_on.by, know = step_on.know, help = step_on.help,
             who = "client", from = "next_step" }
  end
  record_scores(goals, after)
  return answers.sure_now
end

-- How roles and confidence have moved since the beginning.
local function compare(sure)
  local before, now = answers.roles_rate, nil
  if before and answers.roles then
    step("compare_roles", { rows = answers.roles })
    now = answers.roles_now
  end
  for role in each "roles" do
    local rate = now and now[role.id]
    if rate and before[role.id] then
      record("moved", { kind = "role", text = role.text, before = before[role.id].satisfaction,
                        now = rate.satisfaction, wanted = before[role.id].importance,
                        from = "roles_now" })
    end
  end
  if sure and answers.agree_confidence then
    record("moved", { kind = "sure", before = answers.agree_confidence, now = sure,
                      from = "sure_now" })
  end
end

-- Looking back after 30, 60 and 90 days, and closing.
function bookends.look_back(goals)
  if not answers.bookends then return end
  local begun, sure = today(), nil
  phase "review"
  for _, after in ipairs(DAYS) do
    sure = run("day" .. after, look, after, goals or {}, begun) or sure
  end
  compare(sure)
  step "closing"
  say "well_done"
  if answers.closing_next == "again" then say "again_how" end
end

return bookends
