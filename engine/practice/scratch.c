/* A practice for the moment: real, but in a folder that goes away. */
#include "practice/scripted.h"

#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

bool scratch_open(const struct scripted_setup *s, struct arena *a, struct practice **p,
                  struct str *folder, struct err *e)
{
    const char *temporary = getenv("TMPDIR");
    if (!temporary || *temporary != '/')
        temporary = access("/dev/shm", W_OK) == 0 ? "/dev/shm" : "/tmp";
    char *name = arena_alloc(a, 4096);
    (void)snprintf(name, 4096, "%s/espalier-XXXXXX", temporary);
    if (!mkdtemp(name))
        return err_set(e, ERR_DISK, "No temporary folder could be made in %s: %s.", temporary,
                       strerror(errno));
    *folder = str_of(name);
    struct practice_options o = {.path = str_format(a, "%s/practice.db", name).p,
                                 .create = true,
                                 .library = s->library,
                                 .host = s->host,
                                 .language = STR("en")};
    if (practice_open(&o, p, e))
        return true;
    scratch_close(NULL, *folder);
    return false;
}

void scratch_close(struct practice *p, struct str folder)
{
    practice_close(p);
    DIR *d = opendir(folder.p);
    for (struct dirent *entry; d && (entry = readdir(d));)
        (void)unlinkat(dirfd(d), entry->d_name, 0);
    if (d)
        (void)closedir(d);
    (void)rmdir(folder.p);
}
