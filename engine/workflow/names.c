#include "workflow/names.h"

#include "workflow/bundle.h"

#include <ctype.h>

enum { FOLDERS_MAX = 4 };

static bool is_lower(char c)
{
    return c >= 'a' && c <= 'z';
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool is_word(struct str s, char also)
{
    for (size_t i = 0; i < s.n; i++)
        if (!is_lower(s.p[i]) && !is_digit(s.p[i]) && s.p[i] != also)
            return false;
    return s.n > 0 && s.n <= NAME_MAX_BYTES;
}

bool name_is_valid(struct str name)
{
    return is_word(name, '-') && name.p[0] != '-';
}

bool id_is_valid(struct str id)
{
    return is_word(id, '_') && is_lower(id.p[0]);
}

bool language_is_valid(struct str language)
{
    for (size_t i = 0; i < language.n; i++)
        if (!is_lower(language.p[i]))
            return false;
    return language.n == 2 || language.n == 3;
}

bool file_name_is_valid(struct str name)
{
    for (size_t i = 0; i < name.n; i++) {
        char c = name.p[i];
        bool first = i == 0;
        if (!isascii(c) ||
            (!isalnum((unsigned char)c) && (first || (c != '-' && c != '_' && c != '.'))))
            return false;
    }
    return name.n > 0 && name.n <= NAME_MAX_BYTES && str_find(name, STR(".."), 0) == name.n;
}

/* Like a name, and underscores as Lua modules have them. */
static bool is_module_name(struct str s)
{
    for (size_t i = 0; i < s.n; i++)
        if (!is_lower(s.p[i]) && !is_digit(s.p[i]) && (i == 0 || (s.p[i] != '-' && s.p[i] != '_')))
            return false;
    return s.n > 0 && s.n <= NAME_MAX_BYTES;
}

bool module_is_valid(struct str name)
{
    return str_starts(name, STR("lib/")) && is_module_name(str_part(name, 4, name.n));
}

static bool script_is_valid(struct str path)
{
    if (!str_ends(path, STR(".lua")))
        return false;
    struct str name = str_part(path, 0, path.n - 4);
    return is_module_name(name) || module_is_valid(name);
}

static bool has_known_ending(struct str name)
{
    static const char *const endings[] = {".yaml", ".mustache", ".grid", ".md", ".txt"};
    for (size_t i = 0; i < sizeof endings / sizeof endings[0]; i++)
        if (str_ends(name, str_of(endings[i])))
            return true;
    return false;
}

bool bundle_path_is_valid(struct str path, struct str workflow, size_t *limit)
{
    *limit = SCRIPT_FILE_MAX;
    if (str_starts(path, STR("scripts/")))
        return script_is_valid(str_part(path, 8, path.n));
    *limit = YAML_FILE_MAX;
    struct str rest;
    if (!str_eq(str_split(path, '/', &rest), STR("workflows")) ||
        !str_eq(str_split(rest, '/', &rest), workflow))
        return false;
    struct str part = rest;
    size_t folders = 0;
    for (; rest.n > 0; folders++) {
        part = str_split(rest, '/', &rest);
        if (!file_name_is_valid(part))
            return false;
    }
    return folders > 0 && folders <= FOLDERS_MAX && path.p[path.n - 1] != '/' &&
        has_known_ending(part);
}

struct str id_from_label(struct arena *a, struct str label)
{
    struct buf b = {.a = a};
    for (size_t i = 0; i < label.n && b.n < NAME_MAX_BYTES; i++) {
        char c = (char)tolower((unsigned char)label.p[i]);
        if (is_lower(c) || (b.n > 0 && is_digit(c)))
            buf_add_char(&b, c);
        else if (b.n > 0 && b.p[b.n - 1] != '_')
            buf_add_char(&b, '_');
    }
    while (b.n > 0 && b.p[b.n - 1] == '_')
        b.n--;
    return buf_str(&b);
}
