/* The few words of our own on pages and boards. */
#include "document/page.h"

enum { ENGLISH, FRENCH, LANGUAGES };

#define FIRM_SPACE "\u00A0"

static const struct {
    const char *name, *in[LANGUAGES];
} words[] = {
    {"page", {"Page {n} of {m}", "Page {n} sur {m}"}},
    {"more", {"{n} more, see the plan", "{n} de plus, voir le plan"}},
    {"continued", {"continued", "suite"}},
    {"sources", {"The answers behind it", "Les réponses à l’origine de ce texte"}},
    {"answer", {"answer {n}", "réponse {n}"}},
    {"back", {"back to where it is used", "retour au passage"}},
    {"open", {"to do", "à faire"}},
    {"done", {"done", "fait"}},
    {"document", {"Document", "Document"}},
    {"table", {"Table", "Tableau"}},
    {"legend", {"What the signs mean", "Ce que les signes veulent dire"}},
    {"like", {"is liked", "est aimé"}},
    {"dislike", {"is not liked", "n’est pas aimé"}},
    {"hypothesis", {"still to be tested", "reste à vérifier"}},
    {"new", {"new", "nouveau"}},
    {"gone", {"gone", "n’y est plus"}},
    {"changed", {"changed", "changé"}},
    {"before", {"before", "avant"}},
    {"version", {"Version {n}", "Version {n}"}},
    {"colon", {": ", FIRM_SPACE ": "}},
};

json_t *page_words(struct str language)
{
    struct str rest, main = str_split(language, '-', &rest);
    int in = str_is(main, "fr") ? FRENCH : ENGLISH;
    json_t *out = json_object();
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
        json_object_set_new(out, words[i].name, json_string(words[i].in[in]));
    return out;
}
