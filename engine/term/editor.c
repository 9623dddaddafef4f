/* A long text written in the person's own editor ($VISUAL, else $EDITOR, else vi).
 * No shell is involved: the setting is split at spaces.  The text lies in a folder of its own
 * (0700) in the practice's folder or $XDG_RUNTIME_DIR, in a file of mode 0600; both are removed
 * with whatever the editor left there. */
#include "term/talk.h"

#include "base/files.h"
#include "workflow/value.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

enum { WORDS_MAX = 16 };

struct words {
    const char *list[WORDS_MAX + 4];
    size_t n;
};

static const char *setting(const char *name)
{
    const char *value = getenv(name);
    return value && *value ? value : NULL;
}

static void add_word(struct words *w, const char *word)
{
    if (w->n < WORDS_MAX + 3)
        w->list[w->n++] = word;
}

/* The program and its arguments.  An editor of the vim family is asked to leave no copy of the text
 * elsewhere. */
static struct words editor_words(struct arena *a, const char *path)
{
    struct words w = {.n = 0};
    const char *wish = setting("VISUAL") ? setting("VISUAL")
        : setting("EDITOR")              ? setting("EDITOR")
                                         : "vi";
    struct str rest = str_copy(a, str_of(wish));
    while (rest.n && w.n < WORDS_MAX) {
        struct str word = str_split(rest, ' ', &rest);
        if (word.n)
            add_word(&w, str_copy(a, word).p);
    }
    const char *base = w.n ? strrchr(w.list[0], '/') : NULL;
    base = base ? base + 1 : w.n ? w.list[0] : "";
    if (strcmp(base, "vim") == 0 || strcmp(base, "nvim") == 0) {
        add_word(&w, "-n");
        add_word(&w, "-i");
        add_word(&w, "NONE");
    }
    w.list[w.n++] = path;
    w.list[w.n] = NULL;
    return w;
}

/* A new folder that only this person can enter. */
static bool folder_make(struct talk *t, char folder[PATH_MAX])
{
    const char *runtime = setting("XDG_RUNTIME_DIR");
    struct str base = t->options->scratch.n ? t->options->scratch : str_of(runtime);
    if (!base.n || base.p[0] != '/' || base.n > PATH_MAX - 32) {
        talk_warn(t, talk_text(t, TEXT_EDITOR_NOWHERE));
        return false;
    }
    (void)snprintf(folder, PATH_MAX, "%.*s/.text-XXXXXX", STR_ARG(base));
    if (mkdtemp(folder))
        return true;
    talk_warn(t, talk_fill(t, TEXT_EDITOR_FOLDER, base, str_of(strerror(errno))));
    return false;
}

/* Removes the folder with all files in it: an editor may have left copies. */
static void folder_remove(const char *folder)
{
    DIR *dir = opendir(folder);
    struct dirent *entry;
    while (dir && (entry = readdir(dir)))
        if (strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0)
            (void)unlinkat(dirfd(dir), entry->d_name, 0);
    if (dir)
        (void)closedir(dir);
    (void)rmdir(folder);
}

_Noreturn static void become(const struct keyboard *k, const struct words *w)
{
    static const int standard[] = {SIGINT, SIGQUIT, SIGTSTP, SIGTERM, SIGHUP, SIGWINCH, SIGPIPE};
    struct sigaction act = {.sa_handler = SIG_DFL};
    for (size_t i = 0; i < sizeof standard / sizeof *standard; i++)
        (void)sigaction(standard[i], &act, NULL);
    (void)sigprocmask(SIG_SETMASK, &k->outside, NULL);
    (void)dup2(k->in, 0);
    (void)dup2(k->out, 1);
    execvp(w->list[0], (char *const *)(uintptr_t)w->list);
    _exit(127);
}

/* Waits for the editor.  Interrupts are its own affair meanwhile; a stop stops both. */
static bool run(struct keyboard *k, const struct words *w)
{
    static const int ignored[] = {SIGINT, SIGQUIT};
    struct sigaction ignore = {.sa_handler = SIG_IGN}, standard = {.sa_handler = SIG_DFL},
                     before[2], stop;
    sigset_t open;
    int status = 0;
    pid_t child = fork();
    if (child == 0)
        become(k, w);
    if (child < 0)
        return false;
    for (size_t i = 0; i < 2; i++)
        (void)sigaction(ignored[i], &ignore, &before[i]);
    (void)sigaction(SIGTSTP, &standard, &stop);
    sigemptyset(&open);
    sigaddset(&open, SIGTSTP);
    (void)sigprocmask(SIG_UNBLOCK, &open, NULL);
    while (waitpid(child, &status, 0) < 0 && errno == EINTR)
        ;
    (void)sigprocmask(SIG_BLOCK, &open, NULL);
    (void)sigaction(SIGTSTP, &stop, NULL);
    for (size_t i = 0; i < 2; i++)
        (void)sigaction(ignored[i], &before[i], NULL);
    return WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

static bool edit_file(struct talk *t, const char *path, struct str before, struct str *after)
{
    struct err e = {0};
    struct words w = editor_words(t->a, path);
    if (!files_write(path, before, false, &e)) {
        talk_warn(t, str_of(e.text));
        return false;
    }
    screen_flush(&t->screen);
    keyboard_lend(&t->keyboard);
    bool ok = run(&t->keyboard, &w);
    keyboard_return(&t->keyboard);
    if (!ok) {
        talk_warn(t, talk_fill(t, TEXT_EDITOR_FAILED, str_of(w.list[0]), STR("")));
        return false;
    }
    if (!files_read(t->a, path, ANSWER_MAX, after, &e)) {
        talk_warn(t, str_of(e.text));
        return false;
    }
    if (!utf8_valid(*after)) {
        talk_warn(t, talk_text(t, TEXT_NOT_UTF8));
        return false;
    }
    *after = line_clean(t->a, *after);
    return true;
}

bool editor_write(struct talk *t, struct str before, struct str *after)
{
    char folder[PATH_MAX], path[PATH_MAX + 16];
    if (!folder_make(t, folder))
        return false;
    (void)snprintf(path, sizeof path, "%s/answer.txt", folder);
    bool ok = edit_file(t, path, before, after);
    folder_remove(folder);
    return ok;
}
