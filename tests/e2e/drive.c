/* Holds whole journeys through `espalier run CLIENT --json` from outside, knowing nothing but
 * INTERFACES.md: both bundled workflows, English and French, with skips, edits and undo.  Each
 * journey is held twice: in one process, and with kill -9 and a restart after every single line
 * that was answered by a view.  The plans must be equal, and the malformed lines sent on the way
 * must change nothing. ESPALIER=build/espalier build/e2e/drive */
#include "../generate.h"

#include <errno.h>
#include <signal.h>
#include <stdbool.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

enum { TURNS_MAX = 500 };

struct talk {
    const char *program, *db, *language;
    pid_t pid;
    FILE *to, *from;
    json_t *view;
    int sent;
    bool restarting;
};

static _Noreturn void fail(const char *what, const char *detail)
{
    (void)printf("drive: %s: %s\n", what, detail ? detail : "");
    exit(1);
}

static json_t *read_object(struct talk *t)
{
    char *line = NULL;
    size_t room = 0;
    json_error_t fault;
    if (getline(&line, &room, t->from) < 0)
        fail("the program ended", t->language);
    json_t *object = json_loads(line, 0, &fault);
    if (!object)
        fail("not JSON", line);
    free(line);
    return object;
}

static bool is_type(const json_t *object, const char *type)
{
    const char *is = json_string_value(json_object_get(object, "type"));
    return is && strcmp(is, type) == 0;
}

static void start(struct talk *t)
{
    int in[2], out[2];
    if (pipe(in) != 0 || pipe(out) != 0)
        fail("pipe", strerror(errno));
    t->pid = fork();
    if (t->pid == 0) {
        (void)dup2(in[0], 0);
        (void)dup2(out[1], 1);
        (void)close(in[0]), (void)close(in[1]), (void)close(out[0]), (void)close(out[1]);
        (void)execl(t->program, t->program, "--db", t->db, "run", "Ada", "--json", (char *)NULL);
        _exit(127);
    }
    (void)close(in[0]);
    (void)close(out[1]);
    t->to = fdopen(in[1], "w");
    t->from = fdopen(out[0], "r");
    json_decref(t->view);
    t->view = read_object(t);
    if (!is_type(t->view, "view"))
        fail("no view at the start", json_string_value(json_object_get(t->view, "text")));
}

static void stop(struct talk *t, int signal)
{
    int status;
    if (signal)
        (void)kill(t->pid, signal);
    (void)fclose(t->to);
    (void)waitpid(t->pid, &status, 0);
    (void)fclose(t->from);
    if (!signal && (!WIFEXITED(status) || WEXITSTATUS(status) != 0))
        fail("the program did not end well", t->language);
}

/* Sends a line; true if a view came back, which is then the current one.  After a view the program
 * may be killed. */
static bool send_text(struct talk *t, const char *line)
{
    (void)fprintf(t->to, "%s\n", line);
    (void)fflush(t->to);
    json_t *answer = read_object(t);
    if (is_type(answer, "error")) {
        json_decref(answer);
        return false;
    }
    json_decref(t->view);
    t->view = answer;
    if (t->restarting) {
        json_t *before = json_incref(t->view);
        stop(t, SIGKILL);
        start(t);
        if (!json_equal(json_object_get(before, "open"), json_object_get(t->view, "open")) ||
            !json_equal(json_object_get(before, "revision"), json_object_get(t->view, "revision")))
            fail("another view after a restart", line);
        json_decref(before);
    }
    return true;
}

static bool send(struct talk *t, json_t *object)
{
    char *line = json_dumps(object, JSON_COMPACT);
    bool taken = send_text(t, line);
    free(line);
    json_decref(object);
    return taken;
}

static json_int_t revision(const struct talk *t)
{
    return json_integer_value(json_object_get(t->view, "revision"));
}

/* Lines that must be refused and change nothing. */
static void send_nonsense(struct talk *t)
{
    static const char *const lines[] = {
        "{",
        "[]",
        "17",
        "null",
        "{\"answer\":7}",
        "{\"answer\":{}}",
        "{\"answer\":{\"nowhere\":1},\"replaces\":-3}",
        "{\"answre\":{}}",
        "{\"undo\":\"yes\"}",
        "{\"view\":\"everything\"}",
        "{\"note\":{\"tex\":\"x\"}}",
        "{\"skip\":{\"nowhere\":3}}",
        "{\"answer\":{\"\xC3\x28\":1}}",
        "{\"quit\":true,\"undo\":true}",
        "{\"answer\":{\"a\":1,\"a\":2}}",
    };
    json_int_t before = revision(t);
    bool restarting = t->restarting;
    t->restarting = false;
    for (size_t i = 0; i < sizeof lines / sizeof lines[0]; i++)
        if (send_text(t, lines[i]))
            fail("this was not refused", lines[i]);
    if (!send_text(t, "{\"view\":\"now\"}") || revision(t) != before)
        fail("a refused line changed something", t->language);
    t->restarting = restarting;
}

static void answer_one(struct talk *t, const json_t *open, int turn)
{
    const char *key = json_string_value(json_object_get(open, "key"));
    json_t *value = generate_answer(open, (uint64_t)turn);
    if (turn % 19 == 18 ||
        !send(t, json_pack("{s:{s:O},s:I}", "answer", key, value, "replaces", revision(t))))
        if (!send(t, json_pack("{s:{s:s}}", "skip", key, "not now")))
            fail("neither answered nor skipped", key);
    json_decref(value);
    if (turn % 11 == 5 && (!send_text(t, "{\"undo\":true}") || !send_text(t, "{\"redo\":true}")))
        fail("undo and redo", key);
    if (turn % 13 ==
        6) /* an edit: another value, which may not fit, then whatever was there is asked or kept */
        (void)send(
            t, json_pack("{s:{s:o}}", "answer", key, generate_answer(open, (uint64_t)turn + 40)));
}

static void hold(struct talk *t)
{
    start(t);
    for (int turn = 0; turn < TURNS_MAX; turn++) {
        json_t *open = json_incref(json_array_get(json_object_get(t->view, "open"), 0));
        if (json_object_get(t->view, "trouble"))
            fail("the script failed",
                 json_string_value(json_object_get(json_object_get(t->view, "trouble"), "text")));
        if (!open)
            break;
        if (turn % 25 == 3)
            send_nonsense(t);
        answer_one(t, open, turn);
        t->sent = turn + 1;
        json_decref(open);
    }
    if (!json_is_true(json_object_get(t->view, "done")))
        fail("the journey does not end", t->language);
    (void)fprintf(t->to, "{\"quit\":true}\n");
    stop(t, 0);
    json_decref(t->view);
    t->view = NULL;
}

static char *plan_of(const struct talk *t)
{
    static char texts[2][1 << 20];
    static int turn;
    char command[1024], *text = texts[turn++ % 2];
    (void)snprintf(command, sizeof command,
                   "'%s' --db '%s' plan Ada --format md; '%s' --db '%s' canvas Ada", t->program,
                   t->db, t->program, t->db);
    FILE *f = popen(command, "r");
    size_t n = f ? fread(text, 1, sizeof texts[0] - 1, f) : 0;
    if (!f || pclose(f) != 0)
        fail("no plan", command);
    text[n] = '\0';
    return text;
}

static char *journey(const char *folder, const char *workflow, const char *language,
                     bool restarting, int *sent)
{
    char command[8192], db[1024];
    (void)snprintf(db, sizeof db, "%s/%s-%s-%d.db", folder, workflow, language, restarting);
    struct talk t = {
        .program = getenv("ESPALIER"), .db = db, .language = language, .restarting = restarting};
    (void)snprintf(
        command, sizeof command,
        "'%s' --quiet --db '%s' --lang %s client add Ada && '%s' --quiet --db '%s' start Ada %s",
        t.program, db, language, t.program, db, workflow);
    if (system(command) != 0)
        fail("cannot start", command);
    hold(&t);
    *sent = t.sent;
    return plan_of(&t);
}

int main(void)
{
    static const char *const workflows[] = {"first-talk", "business-model"},
                             *const languages[] = {"en", "fr"};
    char folder[] = "/tmp/espalier-drive-XXXXXX", command[128];
    int one, other;
    if (!getenv("ESPALIER") || !mkdtemp(folder))
        fail("ESPALIER must name the program", "");
    (void)setenv("ESPALIER_CLOCK", "2026-11-23T10:00:00Z", 1);
    (void)signal(SIGPIPE, SIG_IGN);
    for (int i = 0; i < 4; i++) {
        const char *workflow = workflows[i / 2], *language = languages[i % 2];
        const char *plain = journey(folder, workflow, language, false, &one);
        const char *restarted = journey(folder, workflow, language, true, &other);
        if (one != other || strcmp(plain, restarted) != 0)
            fail("the plan differs after restarts", workflow);
        (void)printf("%s in %s: %d turns, killed and restarted after each change, the same plan "
                     "(%zu bytes)\n",
                     workflow, language, one, strlen(plain));
    }
    (void)snprintf(command, sizeof command, "rm -rf '%s'", folder);
    return system(command) == 0 ? 0 : 1;
}
