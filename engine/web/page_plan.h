/* Shared by page_plan*.c and page_files*.c: what is handed over, for whom, and under which name. */
#ifndef ESPALIER_WEB_PAGE_PLAN_H
#define ESPALIER_WEB_PAGE_PLAN_H

#include "practice/documents.h"
#include "web/form.h"
#include "web/pages.h"
#include "web/reply.h"

/* A document as the query or form of a visit names it: "document" (else plan), "for" (else whom it
 * was made for). */
struct handout {
    struct journey *j;
    struct store_client client;
    struct document_wish wish;
    struct str made_for, label; /* label: what the page calls the document */
};

/* Reads it.  Fails with ERR_NOT_FOUND (no such journey, document or reader). */
MUST_USE bool handout_read(struct visit *v, const struct form *f, struct handout *out,
                           struct err *e);

/* A word of plan.{en,fr}.json; of program lifetime; empty if there is none. */
struct str plan_word(const struct visit *v, const char *name);

/* plan_word of "PREFIX_NAME", else the name itself. */
struct str plan_label(struct visit *v, const char *prefix, struct str name);

/* What a format is called in a word: "PDF", "Word". */
const char *plan_format_name(struct str format);

/* The title that the page gives a document of journey_documents. */
struct str plan_title(struct visit *v, const json_t *document);

/* The preview of a document for a reader. */
struct str plan_address(struct visit *v, struct str document, struct str audience);

/* The name of a download, whoever may see it: "Amara Diallo - Plan - 2026-11-23.pdf"; a programme
 * is told a pseudonym only. */
struct str plan_file_name(struct visit *v, const struct store_client *client, struct str audience,
                          struct str what, const char *ending);

/* What every page about a journey's papers has (a new reference). */
json_t *plan_tree(struct visit *v, struct journey *j, const struct store_client *client);

/* The journey's number among those of its client, from 1. */
MUST_USE bool plan_number(struct visit *v, struct journey *j, const struct store_client *client,
                          size_t *number, struct err *e);

#endif
