/* Runs every attack of tests/hostile/lua, 20 times each.  The first line of a file says what must
 * come of it:
 * `-- expect: deadline|memory|budget|error|refused|ok`, or several with "or" where it depends on
 * the machine which comes first; the rest is the script.  After each file the host must be as it
 * was: no more memory, no dead children lying about, and an honest script works. */
#include "../unit/script_fixture.h"

#include "base/clock.h"
#include "base/files.h"
#include "script/sandbox.h"

#include <dirent.h>
#include <malloc.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum {
    /* The sanitizers' build is too slow for times to mean anything. */
    REPEATS = SANDBOX_SANITIZED ? 2 : 20,
    DEADLINE = SANDBOX_SANITIZED ? 2000 : 100, /* milliseconds */
    OVERSHOOT = SANDBOX_SANITIZED ? 60000 : 50,
    LATE_MAX = 2, /* of the repeats; the machine has other things to do as well, so ... */
    TRIES = 4,    /* ... who is late oftener gets another chance */
    GROWTH_MAX = 64 << 10,
};

static const char honest[] = "phase 'define' say 'Good morning.' ask 'topic'";
static int passed, failed;

/* Resident memory of this process, in bytes. */
static long resident(void)
{
    char text[128] = "";
    (void)malloc_trim(0); /* what the allocator keeps for later is no growth */
    FILE *f = fopen("/proc/self/statm", "re");
    if (f) {
        (void)!fgets(text, sizeof text, f);
        (void)fclose(f);
    }
    const char *second = strchr(text, ' ');
    return second ? strtol(second, NULL, 10) * sysconf(_SC_PAGESIZE) : 0;
}

/* The state letter of a process. */
static char state_of(long pid)
{
    char path[64], text[256] = "";
    (void)snprintf(path, sizeof path, "/proc/%ld/stat", pid);
    FILE *f = fopen(path, "re");
    if (!f)
        return '-';
    (void)!fgets(text, sizeof text, f);
    (void)fclose(f);
    const char *end = strrchr(text, ')');
    return end && end[1] ? end[2] : '?';
}

/* Counts the dead among the children of a process and their children; `living` counts the others.
 */
static int count_dead(long pid, int *living)
{
    char path[96], text[1024] = "", *p = text;
    int dead = 0;
    (void)snprintf(path, sizeof path, "/proc/%ld/task/%ld/children", pid, pid);
    FILE *f = fopen(path, "re");
    if (!f)
        return 0;
    (void)!fgets(text, sizeof text, f);
    (void)fclose(f);
    for (long child = strtol(p, &p, 10); child > 0; child = strtol(p, &p, 10)) {
        if (state_of(child) == 'Z')
            dead++;
        else
            (*living)++;
        dead += count_dead(child, living);
    }
    return dead;
}

static const char *kind_of(struct str code)
{
    static const struct {
        const char *code, *kind;
    } kinds[] = {
        {"", "ok"},          {"E401", "deadline"}, {"E402", "memory"},  {"E403", "budget"},
        {"E301", "refused"}, {"E302", "refused"},  {"E303", "refused"}, {"E304", "refused"},
        {"E314", "refused"}, {"E405", "died"},     {"E406", "died"},    {"E407", "died"},
    };
    for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++)
        if (str_is(code, kinds[i].code))
            return kinds[i].kind;
    return "error";
}

static json_t *run(struct script_host *host, const char *script)
{
    json_t *program = fixture_program(script), *request = fixture_request(NULL), *outcome = NULL;
    struct err e = {0};
    if (!script_load(host, STR(""), program, &e) || !script_run(host, request, &outcome, &e)) {
        printf("%s\n", e.text);
        exit(1);
    }
    json_decref(program);
    json_decref(request);
    return outcome;
}

/* One attack, once; false with the reason printed. */
static bool attack(struct script_host *host, const char *name, const char *script,
                   struct str expect, int *late)
{
    int64_t before = clock_steady();
    json_t *outcome = run(host, script);
    long long took = clock_steady() - before;
    struct str code = json_member(json_object_get(outcome, "error"), "code");
    bool ok = str_find(expect, str_of(kind_of(code)), 0) < expect.n;
    if (!ok)
        printf("not ok - %s: %s (%s: %s) instead of %.*s\n", name, kind_of(code), code.p,
               json_member(json_object_get(outcome, "error"), "text").p, STR_ARG(expect));
    *late += took > DEADLINE + OVERSHOOT;
    json_decref(outcome);
    return ok;
}

/* Is the host as it was before? */
static bool is_unharmed(struct script_host *host, const char *name, long before)
{
    int living = 0, dead = 0;
    /* The outcome is given before the worker is buried: wait a little for that. */
    for (int i = 0; i < 100; i++) {
        living = 0;
        dead = count_dead(getpid(), &living);
        if (dead == 0 && living <= 2)
            break;
        (void)usleep(2000);
    }
    json_t *outcome = run(host, honest);
    bool works = json_is_null(json_object_get(outcome, "error")) &&
        json_array_size(json_object_get(outcome, "path")) == 1;
    json_decref(outcome);
    long growth = resident() - before;
    if (!works)
        printf("not ok - %s: an honest script does not work afterwards\n", name);
    if (dead > 0 || living > 2)
        printf("not ok - %s: leaves %d dead and %d living processes\n", name, dead, living);
    if (!SANDBOX_SANITIZED && growth > GROWTH_MAX)
        printf("not ok - %s: memory of the host grew by %ld bytes\n", name, growth);
    return works && dead == 0 && living <= 2 && (SANDBOX_SANITIZED || growth <= GROWTH_MAX);
}

static void try_file(struct script_host *host, const char *name, int repeats)
{
    struct arena *a = arena_new();
    struct str whole, script;
    struct err e;
    struct str path = str_format(a, "tests/hostile/lua/%s", name);
    if (!files_read(a, path.p, 1 << 20, &whole, &e)) {
        printf("not ok - %s\n", e.text);
        exit(1);
    }
    struct str expect =
        str_trim(str_part(str_split(whole, '\n', &script), strlen("-- expect:"), whole.n));
    script = str_copy(a, script);
    bool ok = true;
    int late = LATE_MAX + 1;
    long before = 0;
    for (int try = 0; ok && late > LATE_MAX && try < TRIES; try++) {
        late = 0;
        for (int i = 0; ok && i < repeats; i++) {
            ok = attack(host, name, script.p, expect, &late);
            /* The first run of a script may make room that is kept. */
            if (i == 0)
                before = resident();
        }
    }
    if (late > LATE_MAX)
        printf("not ok - %s: %d of %d runs were more than %d ms late\n", name, late, repeats,
               OVERSHOOT);
    ok = ok && late <= LATE_MAX && is_unharmed(host, name, before);
    if (ok) {
        printf("ok - %s: %.*s\n", name, STR_ARG(expect));
        passed++;
    } else {
        failed++;
    }
    (void)fflush(stdout);
    arena_free(a);
}

static int is_script(const struct dirent *d)
{
    const char *end = strrchr(d->d_name, '.');
    return end && strcmp(end, ".lua") == 0;
}

int main(int argc, char **argv)
{
    /* Less of everything than in real use, so that 20 repeats of all attacks take little time. */
    const struct script_limits limits = {.milliseconds = DEADLINE,
                                         .memory = (size_t)8 << 20,
                                         .output = (size_t)256 << 10,
                                         .instructions = 1000000};
    struct script_host *host = fixture_host(&limits);
    struct dirent **names;
    int n = scandir("tests/hostile/lua", &names, is_script, alphasort);
    for (int i = 0; i < n; i++) {
        if (argc < 2 || strstr(names[i]->d_name, argv[1]))
            try_file(host, names[i]->d_name, REPEATS);
        free(names[i]);
    }
    free(names);
    script_host_close(host);
    printf("%d attacks held off, %d not\n", passed, failed);
    return failed > 0 || passed == 0;
}
