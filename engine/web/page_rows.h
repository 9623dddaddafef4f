/* Journeys as rows of a list, for the desk and the page of a client, and the form of a new client.
 */
#ifndef ESPALIER_WEB_PAGE_ROWS_H
#define ESPALIER_WEB_PAGE_ROWS_H

#include "web/server.h"

/* Gives a row of practice_status all that the templates ask for: begun, trouble, today, yesterday,
 * days (since the last contact, from 2; else null), quiet (for two weeks), to_check (or null),
 * one_to_check, marks ([{past, now}], one a phase), number, of, answers (or null). */
void row_complete(json_t *row);

/* Sorts an array in place; by_need: who has waited longest stands first. */
void rows_sort(struct arena *a, json_t *list, int (*order)(const void *, const void *));
void rows_sort_by_need(struct arena *a, json_t *list);

/* The languages a client can be spoken to in, with the one that is chosen (a new reference). */
json_t *rows_languages(struct str chosen);

/* The desk, with the form of a new client as it was sent and what is wrong with it ("" if nothing:
 * then it is closed): a member of `form` in desk.html.mustache, such as "name_taken". */
MUST_USE bool desk_show(struct visit *v, int status, const struct store_client *given,
                        const char *wrong, struct err *e);

#endif
