#include "web/assets.h"

#include "base/files.h"
#include "base/random.h"

#include <stdio.h>

enum { ASSETS = 7 };

static const struct {
    const char *name, *file, *ending, *type; /* name: in templates, {{assets.style}} */
} made_of[ASSETS] = {
    {"htmx", "assets/htmx.js", ".js", "text/javascript; charset=utf-8"},
    {"sortable", "assets/sortable.js", ".js", "text/javascript; charset=utf-8"},
    {"app", "assets/app.js", ".js", "text/javascript; charset=utf-8"},
    {"pico", "assets/pico.css", ".css", "text/css; charset=utf-8"},
    {"style", "assets/style.css", ".css", "text/css; charset=utf-8"},
    {"icon", "assets/icon.svg", ".svg", "image/svg+xml"},
    {"page", "assets/page.css", ".css", "text/css; charset=utf-8"},
};

static struct {
    struct asset asset;
    char path[64], etag[24];
} assets[ASSETS];

/* Paths carry hashes, so they are made once, when the first one is asked for. */
static void prepare(void)
{
    if (assets[0].path[0])
        return;
    for (size_t i = 0; i < ASSETS; i++) {
        char hash[65];
        struct asset *one = &assets[i].asset;
        if (!files_find(str_of(made_of[i].file), &one->content))
            one->content = STR("");
        hash_sha256(one->content, hash);
        (void)snprintf(assets[i].path, sizeof assets[i].path, "/assets/%s-%.12s%s", made_of[i].name,
                       hash, made_of[i].ending);
        (void)snprintf(assets[i].etag, sizeof assets[i].etag, "\"%.12s\"", hash);
        one->path = str_of(assets[i].path);
        one->type = made_of[i].type;
        one->etag = assets[i].etag;
    }
}

const struct asset *asset_find(struct str path)
{
    prepare();
    for (size_t i = 0; i < ASSETS; i++)
        if (str_eq(assets[i].asset.path, path))
            return &assets[i].asset;
    return NULL;
}

json_t *assets_paths(void)
{
    json_t *paths = json_object();
    prepare();
    for (size_t i = 0; i < ASSETS; i++)
        json_object_set_new(paths, made_of[i].name, json_string(assets[i].path));
    return paths;
}

/* pages/words/desk.fr.json becomes words.desk in French. */
static json_t *read_words(const char *ending)
{
    size_t n;
    const struct file *files = files_all(&n);
    struct str folder = STR("engine/web/pages/words/"), end = str_of(ending);
    json_t *words = json_object(), *page;
    struct err ignored;
    for (size_t i = 0; i < n; i++) {
        struct str name = files[i].name;
        if (!str_starts(name, folder) || !str_ends(name, end) ||
            !json_read(files[i].content, &page, &ignored))
            continue;
        name = str_part(name, folder.n, name.n - end.n);
        json_object_setn_new(words, name.p, name.n, page);
    }
    return words;
}

json_t *assets_words(struct str language)
{
    static json_t *english, *french; /* of program lifetime */
    json_t **words = str_is(language, "fr") ? &french : &english;
    if (!*words)
        *words = read_words(words == &french ? ".fr.json" : ".en.json");
    return json_incref(*words);
}
