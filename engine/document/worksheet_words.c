/* The words of the worksheet, for people who never saw the program. */
#include "document/worksheet_parts.h"

#include <assert.h>

#include "document/escape.h"

static const struct {
    const char *name, *en, *fr;
} words[] = {
    {"for", "For {name}", "Pour {name}"},
    {"due", "Please give it back by {day}", "À rendre avant le {day}, s’il vous plaît"},
    {"how",
     "Take your time. There is no right answer. Answer what you can, in any order, and leave the "
     "rest.",
     "Prenez votre temps. Il n’y a pas de bonne réponse. Répondez à ce que vous pouvez, dans "
     "l’ordre qui vous plaît, et laissez le reste."},
    {"how_back",
     "At the end, press \"Give back\": it makes a small file that you send to your coach. Nothing "
     "leaves this page by itself.",
     "À la fin, appuyez sur « Rendre » : un petit fichier se crée, que vous envoyez à votre coach. "
     "Rien ne quitte cette page tout seul."},
    {"no_script",
     "This preview shows the sheet but cannot keep what you type. Save the file and open it in a "
     "browser (Firefox, Chrome, Safari or Edge), or print it and write by hand.",
     "Cet aperçu montre la feuille mais ne peut pas garder ce que vous écrivez. Enregistrez le "
     "fichier et ouvrez-le dans un navigateur (Firefox, Chrome, Safari ou Edge), ou imprimez-le "
     "pour écrire à la main."},
    {"kept", "What you type is kept in this browser, on this device only.",
     "Ce que vous écrivez est gardé dans ce navigateur, sur cet appareil seulement."},
    {"not_kept",
     "What you type cannot be kept here. Before you close this page, press \"Save what I have\".",
     "Ce que vous écrivez ne peut pas être gardé ici. Avant de fermer cette page, appuyez sur "
     "« Enregistrer ce que j’ai »."},
    {"answered", "{n} of {m} answered", "{n} réponses sur {m}"},
    {"give_title", "When you are ready", "Pour terminer"},
    {"give_how",
     "Half is welcome too: you can give back what you have and go on later. The file is called "
     "{file}. Send it to your coach the way this sheet came to you, for example by e-mail.",
     "La moitié est bienvenue aussi : vous pouvez rendre ce que vous avez et continuer plus tard. "
     "Le fichier s’appelle {file}. Envoyez-le à votre coach comme cette feuille vous est arrivée, "
     "par courriel par exemple."},
    {"give", "Give back", "Rendre"},
    {"save", "Save what I have", "Enregistrer ce que j’ai"},
    {"save_how", "A copy of this sheet with your answers in it, to go on another day or elsewhere.",
     "Une copie de cette feuille avec vos réponses, pour continuer un autre jour ou ailleurs."},
    {"print", "Print", "Imprimer"},
    {"given", "{file} was made. Now send it to your coach.",
     "{file} est prêt. Envoyez-le maintenant à votre coach."},
    {"given_none", "{file} was made, but nothing is answered in it yet.",
     "{file} est prêt, mais il ne contient encore aucune réponse."},
    {"saved", "{file} was made. Open it to go on.", "{file} est prêt. Ouvrez-le pour continuer."},
    {"no_file", "No file came? Copy this text into an e-mail instead",
     "Aucun fichier ? Copiez ce texte dans un courriel"},
    {"copy", "Copy the text", "Copier le texte"},
    {"copied", "Copied.", "Copié."},
    {"copy_by_hand", "Select the text and copy it.", "Sélectionnez le texte et copiez-le."},
    {"text_given", "Your answers as text", "Vos réponses en texte"},
    {"forget", "Forget what I typed on this device", "Oublier ce que j’ai écrit sur cet appareil"},
    {"forget_sure", "Really forget everything? Press again",
     "Vraiment tout oublier ? Encore une "
     "fois"},
    {"earlier", "{n} more from before, if you like", "Encore {n} d’avant, si vous voulez"},
    {"optional", "if you like", "si vous voulez"},
    {"asked_again", "You answered this before", "Vous avez déjà répondu"},
    {"keep", "This is still right", "C’est toujours juste"},
    {"more", "Examples and hints", "Exemples et conseils"},
    {"examples", "For example", "Par exemple"},
    {"caution", "Mind", "Attention"},
    {"compare", "To compare", "Pour comparer"},
    {"leave_out", "Leave this out", "Laisser de côté"},
    {"leave_why", "Why, in a few words", "Pourquoi, en quelques mots"},
    {"leave_why_please", "A few words why would help your coach.",
     "Quelques mots sur la raison aideraient votre coach."},
    {"clear", "Take this answer back", "Retirer cette réponse"},
    {"yes", "Yes", "Oui"},
    {"no", "No", "Non"},
    {"several", "Tick as many as fit.", "Cochez tout ce qui convient."},
    {"from_to", "from {from} to {to}", "de {from} à {to}"},
    {"at_least", "{n} or more", "{n} ou plus"},
    {"at_most", "at most {n}", "au plus {n}"},
    {"amount", "Amount", "Montant"},
    {"currency", "Currency", "Monnaie"},
    {"period", "How often", "Fréquence"},
    {"unsaid", "not said", "sans précision"},
    {"once", "once", "une fois"},
    {"hour", "per hour", "par heure"},
    {"day", "per day", "par jour"},
    {"week", "per week", "par semaine"},
    {"month", "per month", "par mois"},
    {"quarter", "per quarter", "par trimestre"},
    {"year", "per year", "par an"},
    {"hours", "Hours", "Heures"},
    {"minutes", "Minutes", "Minutes"},
    {"item", "Entry {n}", "Ligne {n}"},
    {"text", "In words", "En mots"},
    {"add", "Add another", "Ajouter"},
    {"up", "Up", "Monter"},
    {"down", "Down", "Descendre"},
    {"remove", "Remove", "Enlever"},
    {"removed", "Removed.", "Enlevé."},
    {"moved", "Now at place {n}.", "Maintenant à la place {n}."},
    {"bring_back", "Bring it back", "Le remettre"},
    {"why", "Why?", "Pourquoi ?"},
    {"place", "Place", "Place"},
    {"what", "What will you do?", "Que ferez-vous ?"},
    {"by", "By when?", "Pour quand ?"},
    {"know", "How will you know it is done?", "À quoi saurez-vous que c’est fait ?"},
    {"help", "Who or what helps you?", "Qui ou quoi vous aide ?"},
    {"agreed", "Yes, agreed", "Oui, d’accord"},
    {"who", "Who agrees?", "Qui est d’accord ?"},
    {"on", "On which day?", "Quel jour ?"},
    {"number_please", "Please write a number.", "Écrivez un nombre, s’il vous plaît."},
    {"whole_please", "Please write a whole number.", "Écrivez un nombre entier, s’il vous plaît."},
    {"range", "It should be {range}.", "Ce devrait être {range}."},
    {"too_long", "A little long: {n} signs, {m} fit.", "Un peu long : {n} signes, {m} vont."},
    {"too_many", "That is {n}; {m} fit.", "Il y en a {n} ; {m} vont."},
    {"too_few", "That is {n}; please give at least {m}.",
     "Il y en a {n} ; donnez-en au moins {m}, s’il vous plaît."},
    {"rows_left", "{n} of {m} are still without a place.", "{n} sur {m} sont encore sans place."},
    {"half_kept", "You can leave it like this for now.",
     "Vous pouvez le laisser ainsi pour le "
     "moment."},
    {"answers_file", "answers", "reponses"},
    {"sheet_file", "sheet", "feuille"},
};

enum { WORDS = sizeof words / sizeof words[0] };

static bool is_french(struct str language)
{
    return str_is(language, "fr") || str_starts(language, STR("fr-"));
}

struct str sheet_word(struct str language, const char *name)
{
    size_t i = 0;
    while (i < WORDS && !str_is(str_of(name), words[i].name))
        i++;
    assert(i < WORDS);
    return str_of(is_french(language) ? words[i].fr : words[i].en);
}

json_t *sheet_words(struct str language)
{
    json_t *all = json_object();
    for (size_t i = 0; i < WORDS; i++)
        json_object_set_new(all, words[i].name,
                            json_string(is_french(language) ? words[i].fr : words[i].en));
    return all;
}

void sheet_put(struct buf *b, struct str text)
{
    struct buf safe = {.a = b->a};
    escape_text(&safe, text);
    escape_html(b, buf_str(&safe));
}
