/* Answers.  Every one of them has the headers of RELIABILITY 3.4; every page is a template of
 * engine/web/pages over one JSON tree, where nothing a person wrote is ever markup. */
#ifndef ESPALIER_WEB_REPLY_H
#define ESPALIER_WEB_REPLY_H

#include "web/server.h"

/* A page: templates `pages/NAME.html.mustache` over the tree (taken), to which are added
 * "words" (pages/words.yaml of the language), "language", "languages", "token", "here" (the path),
 * "assets" ({NAME: path with its hash}), "french", "theme" ("light", "dark" or null) with
 * "theme_light" and "theme_dark", "coach" and "screen" (who asks: neither at the entrance). */
void reply_page(struct visit *v, int status, const char *name, json_t *tree);

/* It was done, and there is nothing to show (204). */
void reply_nothing(struct visit *v);

/* Go there by GET (303). */
void reply_go(struct visit *v, struct str path);

/* A file, to be shown in the page's place or, with a name, to be kept. */
struct reply_file {
    const char *type; /* "application/pdf" */
    struct str name;  /* of the download; empty: shown */
    struct str bytes;
};
void reply_file(struct visit *v, const struct reply_file *file);

/* A page that says what is wrong and what to do; the sentence is empty for a status that says it
 * all. */
void reply_error(struct visit *v, int status, struct str sentence);

/* The status for an error of ours: one table with the exit statuses of the command line in mind. */
int reply_status_of(enum err_code code);

/* Only the headers, for answers that are streams. */
void reply_headers(struct evhttp_request *request);

#endif
