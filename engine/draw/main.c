/* espalier-draw: one JSON tree in (standard input), one file out (standard output), nothing else in
 * its reach.  Called by espalier, see document/draw.h.  A tree that cannot be drawn is refused with
 * a sentence on standard error and status 1. */
#include "draw/confine.h"
#include "draw/draw.h"
#include "draw/page.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

enum { INPUT_MAX = 16 << 20, PIECE = 1 << 16 };

struct job {
    struct arena *a;
    const json_t *tree;
    enum format format;
    double width, height; /* of the paper, upright */
};

static const json_t *first_board(const json_t *tree)
{
    const json_t *boards = json_object_get(tree, "boards");
    return json_is_array(boards) ? json_array_get(boards, 0) : json_object_get(tree, "board");
}

static struct about about_board(const struct job *job, const json_t *board)
{
    struct buf title = {.a = job->a};
    buf_add(&title, json_member(board, "title"));
    if (json_member(board, "client").n > 0)
        buf_format(&title, " – %.*s", STR_ARG(json_member(board, "client")));
    return (struct about){.title = buf_str(&title),
                          .author = json_member(board, "client"),
                          .subject = json_member(board, "state_label"),
                          .date = json_member(board, "date"),
                          .language = json_member(board, "language")};
}

static bool draw_boards(const struct job *job, struct str *bytes, struct err *e)
{
    const json_t *boards = json_object_get(job->tree, "boards");
    size_t n = json_is_array(boards) ? json_array_size(boards) : 1;
    if (!json_is_object(first_board(job->tree)) || (n > 1 && job->format != FORMAT_PDF))
        return err_set(e, ERR_DATA, "There is no canvas to draw, or too many for this format.");
    struct about about = about_board(job, first_board(job->tree));
    struct surface *s = surface_new(job->a, job->format, job->height, job->width, &about);
    double margin = job->width * 0.045;
    surface_tag(s, "Document");
    for (size_t i = 0; i < n; i++) {
        if (i > 0)
            surface_next(s, job->height, job->width);
        board_draw(
            s, json_is_array(boards) ? json_array_get(boards, i) : first_board(job->tree),
            (struct rect){margin, margin, job->height - 2 * margin, job->width - 2 * margin});
    }
    surface_untag(s);
    return surface_end(s, bytes, e);
}

static bool draw_page(const struct job *job, struct str *bytes, struct err *e)
{
    const json_t *page = json_object_get(job->tree, "page");
    if (!json_is_object(page) || job->format != FORMAT_PDF)
        return err_set(e, ERR_DATA, "There is no page to draw, or not in this format: pdf.");
    return page_draw(job->a, page, job->width, job->height, bytes, e);
}

static const struct {
    const char *name;
    bool (*draw)(const struct job *job, struct str *bytes, struct err *e);
} drawings[] = {{"board", draw_boards}, {"boards", draw_boards}, {"page", draw_page}};

static bool read_input(struct arena *a, struct str *input, struct err *e)
{
    struct buf b = {.a = a};
    static char piece[PIECE];
    ssize_t n;
    while ((n = read(STDIN_FILENO, piece, sizeof piece)) != 0) {
        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0)
            return err_set(e, ERR_DISK, "What is to be drawn could not be read.");
        buf_add(&b, (struct str){piece, (size_t)n});
        if (b.n > INPUT_MAX)
            return err_set(e, ERR_LIMIT, "What is to be drawn is larger than %d MiB.",
                           INPUT_MAX >> 20);
    }
    *input = buf_str(&b);
    return true;
}

static bool write_output(struct str bytes, struct err *e)
{
    while (bytes.n > 0) {
        ssize_t n = write(STDOUT_FILENO, bytes.p, bytes.n);
        if (n < 0 && errno == EINTR)
            continue;
        if (n <= 0)
            return err_set(e, ERR_DISK, "What was drawn could not be handed over.");
        bytes = str_part(bytes, (size_t)n, bytes.n);
    }
    return true;
}

/* Format and paper; A4 and PDF where nothing is said. */
static bool read_wishes(struct job *job, struct err *e)
{
    static const char *const formats[] = {"pdf", "svg", "png"};
    static const struct {
        const char *name;
        double width, height;
    } papers[] = {{"A4", 595.276, 841.89}, {"A3", 841.89, 1190.551}, {"Letter", 612, 792}};
    struct str format = json_member(job->tree, "format"), paper = json_member(job->tree, "paper");
    size_t f = 0, p = 0;
    while (f < 3 && format.n > 0 && !str_is(format, formats[f]))
        f++;
    while (p < 3 && paper.n > 0 && !str_is(paper, papers[p].name))
        p++;
    if (f == 3)
        return err_set(e, ERR_DATA, "There is no format \"%.100s\": pdf, svg or png.", format.p);
    if (p == 3)
        return err_set(e, ERR_DATA, "There is no paper \"%.100s\": A4, A3 or Letter.", paper.p);
    job->format = (enum format)f;
    job->width = papers[p].width;
    job->height = papers[p].height;
    return true;
}

static bool draw(struct job *job, struct str *bytes, struct err *e)
{
    struct str wanted = json_member(job->tree, "draw");
    if (!read_wishes(job, e))
        return false;
    for (size_t i = 0; i < sizeof drawings / sizeof drawings[0]; i++)
        if (str_is(wanted, drawings[i].name))
            return drawings[i].draw(job, bytes, e);
    return err_set(e, ERR_DATA, "There is no drawing \"%.*s\".", STR_ARG(str_part(wanted, 0, 100)));
}

int main(void)
{
    struct err e;
    struct job job = {.a = arena_new()};
    struct str input, bytes;
    json_t *tree = NULL;
    bool ok = confine(&e) && read_input(job.a, &input, &e) && json_read(input, &tree, &e);
    job.tree = tree;
    ok = ok && draw(&job, &bytes, &e) && write_output(bytes, &e);
    if (!ok)
        (void)fprintf(stderr, "%s\n", e.text);
    json_decref(tree);
    arena_free(job.a);
    return ok ? 0 : 1;
}
