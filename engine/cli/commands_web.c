/* The web app: ui opens the browser, serve only waits for one. */
#include "cli/cli.h"

#include "web/web.h"

#include <errno.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

extern char **environ;

static bool port_of(struct cli *c, int *port, struct err *e)
{
    const char *given = cli_option(c, "port");
    char *end = NULL;
    long n = given ? strtol(given, &end, 10) : 0;
    *port = (int)n;
    return !given || (*given && !*end && n >= 0 && n <= 65535) ||
        err_set(e, ERR_USAGE, "--port is a number from 1 to 65535, not \"%.50s\".", given);
}

/* Opens the link in the browser that the person prefers; no shell sees it.  False if there is none.
 */
static bool open_browser(struct str link)
{
    const char *own = getenv("BROWSER"), *name = own && *own ? own : "xdg-open";
    char *argv[] = {(char *)(uintptr_t)name, (char *)(uintptr_t)link.p, NULL};
    posix_spawn_file_actions_t files;
    pid_t pid;
    if (posix_spawn_file_actions_init(&files) != 0)
        return false;
    bool ok = posix_spawn_file_actions_addopen(&files, 0, "/dev/null", 0, 0) == 0 &&
        posix_spawnp(&pid, name, &files, NULL, argv, environ) == 0;
    (void)posix_spawn_file_actions_destroy(&files);
    return ok;
}

static void greet(struct cli *c, struct web *w, struct str link)
{
    if (c->json) {
        cli_print_json(c, json_pack("{s:i,s:o}", "port", web_port(w), "link", json_new_text(link)));
        return;
    }
    (void)printf("%s\n", link.p);
    cli_say(c,
            "This link lets one browser in, within a minute; Enter prints another. It is your own\n"
            "machine that answers: nothing leaves it. End it with Ctrl-C; every answer that was\n"
            "saved is kept.\n");
}

/* Enter was pressed: the link before may be too old, or used. */
static void another_link(void *user, struct web *w)
{
    struct cli *c = user;
    struct arena *a = arena_new();
    struct str link = web_link(w, a);
    if (c->json)
        cli_print_json(c, json_pack("{s:i,s:o}", "port", web_port(w), "link", json_new_text(link)));
    else
        (void)printf("%s\n", link.p);
    (void)fflush(stdout);
    arena_free(a);
}

static bool serve(struct cli *c, bool open, struct err *e)
{
    struct web_options o = {.language = c->language, .line = another_link, .user = c};
    struct web *w;
    if (!port_of(c, &o.port, e) || !cli_practice(c, true, e))
        return false;
    o.practice = c->practice;
    const char *words[5] = {"--db"}, *library = cli_option(c, "library");
    if (!cli_path(c, &words[1], e))
        return false;
    words[2] = library ? "--library" : NULL;
    words[3] = library;
    o.same_practice = words;
    if (!web_open(&o, &w, e))
        return false;
    struct str link = web_link(w, c->a);
    greet(c, w, link);
    (void)fflush(stdout);
    if (open && !open_browser(link))
        cli_say(c, "No browser could be opened: open the link above yourself.\n");
    bool ok = web_run(w, e);
    web_close(w);
    return ok;
}

bool command_ui(struct cli *c, struct err *e)
{
    return serve(c, true, e);
}

bool command_serve(struct cli *c, struct err *e)
{
    return serve(c, false, e);
}
