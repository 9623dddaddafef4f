#include "cli/cli.h"

#include <stdio.h>
#include <unistd.h>

enum { SILENT_MS = 1000, EVERY_MS = 100 };

struct cli_progress cli_progress_begin(const struct cli *c, const char *what)
{
    bool wanted = !c->quiet && !c->json && isatty(STDERR_FILENO);
    return (struct cli_progress){
        .what = what, .wanted = wanted, .next = clock_steady() + SILENT_MS};
}

void cli_progress_tick(void *progress, size_t done, size_t of)
{
    struct cli_progress *p = progress;
    int64_t now = clock_steady();
    if (!p->wanted || now < p->next)
        return;
    p->next = now + EVERY_MS;
    p->shown = true;
    (void)fprintf(stderr, "\r%s: %zu of %zu\033[K", p->what, done, of);
    (void)fflush(stderr);
}

void cli_progress_end(struct cli_progress *p)
{
    if (p->shown)
        (void)fprintf(stderr, "\r\033[K");
    p->shown = false;
}
