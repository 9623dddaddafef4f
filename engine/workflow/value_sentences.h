/* Every sentence a person may read about an answer, in English and French.  {1} and {2} are
 * filled in. */
#ifndef ESPALIER_WORKFLOW_VALUE_SENTENCES_H
#define ESPALIER_WORKFLOW_VALUE_SENTENCES_H

/* clang-format off */
#define SENTENCES(S) \
    S(TEXT, "Please give a text.", "Donnez un texte.") \
    S(EMPTY, "An empty text is no answer. Write something, or skip the question.", \
      "Un texte vide n’est pas une réponse. Écrivez quelque chose, ou passez la question.") \
    S(EMPTY_LIST, "Nothing was chosen or written. Give at least one, or skip the question.", \
      "Rien n’a été choisi ni écrit. Donnez au moins un élément, ou passez la question.") \
    S(CONTROL, "The text contains a character that cannot be shown ({1}). Please retype it.", \
      "Le texte contient un caractère qui ne peut pas être affiché ({1}). Retapez-le.") \
    S(NOT_UTF8, "The text is not valid UTF-8.", "Le texte n’est pas en UTF-8 valide.") \
    S(ONE_LINE, "Please write it on one line.", "Écrivez-le sur une seule ligne.") \
    S(TOO_LONG, "The text has {1} characters; at most {2} are possible.", \
      "Le texte a {1} caractères ; {2} au plus sont possibles.") \
    S(TOO_SHORT, "The text has {1} characters; please write at least {2}.", \
      "Le texte a {1} caractères ; écrivez-en au moins {2}.") \
    S(TOO_LARGE, "The answer is larger than 64 KiB. Please shorten it.", \
      "La réponse dépasse 64 Kio. Raccourcissez-la.") \
    S(YES_NO, "Please answer yes or no.", "Répondez par oui ou par non.") \
    S(CHOOSE, "Please choose one of: {1}.", "Choisissez parmi : {1}.") \
    S(CHOOSE_NEAR, "There is no \"{1}\" to choose. Did you mean \"{2}\"?", \
      "« {1} » n’est pas proposé. Vouliez-vous dire « {2} » ?") \
    S(CHOOSE_MIN, "Please choose at least {1}.", "Choisissez-en au moins {1}.") \
    S(CHOOSE_MAX, "Please choose at most {1}.", "Choisissez-en {1} au plus.") \
    S(WHOLE, "Please give a whole number.", "Donnez un nombre entier.") \
    S(NUMBER, "Please give a number.", "Donnez un nombre.") \
    S(RANGE, "Please give a number from {1} to {2}.", "Donnez un nombre de {1} à {2}.") \
    S(AT_LEAST, "Please give {1} or more.", "Donnez {1} ou plus.") \
    S(AT_MOST, "Please give {1} or less.", "Donnez {1} ou moins.") \
    S(MONEY, "Please give an amount, for example 1200 EUR.", \
      "Donnez un montant, par exemple 1200 EUR.") \
    S(MONEY_AMBIGUOUS, "{1} can be read in two ways. Write it without a sign between thousands.", \
      "{1} peut se lire de deux façons. Écrivez le montant sans signe entre les milliers.") \
    S(MONEY_DECIMALS, "An amount in {1} has at most {2} decimals.", \
      "Un montant en {1} a au plus {2} décimales.") \
    S(MONEY_CURRENCY, "Please say the currency too, for example 1200 EUR.", \
      "Indiquez aussi la devise, par exemple 1200 EUR.") \
    S(MONEY_PERIOD, "Per what? Possible are once, hour, day, week, month, quarter, year.", \
      "Par quoi ? Possibles : une fois, heure, jour, semaine, mois, trimestre, an.") \
    S(DATE, "Please give a day of the calendar, for example 2026-11-23 or +7d.", \
      "Donnez un jour du calendrier, par exemple 2026-11-23 ou +7j.") \
    S(DATE_FROM, "Please give a day from {1} on.", "Donnez un jour à partir du {1}.") \
    S(DATE_TO, "Please give a day up to {1}.", "Donnez un jour jusqu’au {1}.") \
    S(DURATION, "Please give a length of time in minutes, or as 1h30.", \
      "Donnez une durée en minutes, ou sous la forme 1h30.") \
    S(LIST, "Please give a list of items.", "Donnez une liste d’éléments.") \
    S(LIST_MIN, "Please give at least {1}.", "Donnez-en au moins {1}.") \
    S(LIST_MAX, "Please give at most {1}.", "Donnez-en {1} au plus.") \
    S(LIST_LIMIT, "A list may have at most {1} items.", "Une liste a au plus {1} éléments.") \
    S(ITEM, "Each item is a text, or has the fields {1}.", \
      "Chaque élément est un texte, ou a les champs {1}.") \
    S(ITEM_ID, "\"{1}\" cannot be the id of an item.", \
      "« {1} » ne peut pas être l’identifiant d’un élément.") \
    S(ITEM_TWICE, "Two items have the id {1}.", "Deux éléments ont l’identifiant {1}.") \
    S(FIELD, "There is no field \"{1}\". Possible are: {2}.", \
      "Il n’y a pas de champ « {1} ». Possibles : {2}.") \
    S(FIELD_NEAR, "There is no field \"{1}\". Did you mean \"{2}\"?", \
      "Il n’y a pas de champ « {1} ». Vouliez-vous dire « {2} » ?") \
    S(FIELD_MISSING, "\"{1}\" is missing.", "« {1} » manque.") \
    S(PLACE_EACH, "Please say for each item where it goes.", \
      "Indiquez pour chaque élément où il va.") \
    S(RATE_EACH, "Please rate each row.", "Évaluez chaque ligne.") \
    S(RANK_EACH, "Please put all of them in order.", "Mettez-les tous en ordre.") \
    S(ROW_UNKNOWN, "There is no \"{1}\" here. Possible are: {2}.", \
      "Il n’y a pas de « {1} » ici. Possibles : {2}.") \
    S(ROW_NEAR, "There is no \"{1}\" here. Did you mean \"{2}\"?", \
      "Il n’y a pas de « {1} » ici. Vouliez-vous dire « {2} » ?") \
    S(ROW_TWICE, "\"{1}\" stands twice.", "« {1} » apparaît deux fois.") \
    S(ROW_PLACE, "A new item has come: please place it too: {1}.", \
      "Il reste un élément à placer : {1}.") \
    S(ROW_RATE, "Please rate this too: {1}.", "Évaluez aussi ceci : {1}.") \
    S(ROW_RANK, "Please rank this too: {1}.", "Classez aussi ceci : {1}.") \
    S(AS_MANY, "Please give {1} answers in a row, one for each.", \
      "Donnez {1} réponses à la suite, une pour chaque.") \
    S(COMMITMENT, "Please write what will be done.", "Écrivez ce qui sera fait.") \
    S(CONFIRM, "Please confirm with yes, or leave it open until it is agreed.", \
      "Confirmez par oui, ou laissez la question ouverte jusqu’à l’accord.")
/* clang-format on */

#endif
