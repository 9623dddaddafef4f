/* The heads of requests: what is plain HTTP/1.1 passes, what could be read in two ways does not. */
#include "web/door.h"

#include "unit.h"

#include <stdio.h>
#include <string.h>

#define HOST "Host: localhost:8421\r\n"
#define GET "GET / HTTP/1.1\r\n" HOST
#define POST "POST /enter HTTP/1.1\r\n" HOST

static int status_of(const char *head, size_t n)
{
    struct door_head out;
    return door_read_head((struct str){head, n}, &out);
}

static void test_heads(void **state)
{
    static const struct {
        int status;
        const char *what, *head;
    } rows[] = {
        {0, "a plain one", GET "\r\n"},
        {0, "with a query", "GET /a?b=c HTTP/1.1\r\n" HOST "\r\n"},
        {0, "HEAD", "HEAD / HTTP/1.1\r\n" HOST "\r\n"},
        {0, "a form", POST "Content-Length: 5\r\n\r\n"},
        {0, "an empty form", POST "Content-Length: 0\r\n\r\n"},
        {0, "names in any case", "GET / HTTP/1.1\r\nhOST: x\r\nCONTENT-length: 0\r\n\r\n"},
        {0, "letters beyond ASCII in a value", GET "X-Name: Zo\xC3\xA9\r\n\r\n"},
        {0, "a value of nothing", GET "X-Empty:\r\n\r\n"},
        {0, "waits for a go-ahead", POST "Content-Length: 5\r\nExpect: 100-continue\r\n\r\n"},
        {400, "no host", "GET / HTTP/1.1\r\n\r\n"},
        {400, "two hosts", GET "Host: other\r\n\r\n"},
        {400, "a line that ends with LF alone", "GET / HTTP/1.1\n" HOST "\r\n"},
        {400, "a header that ends with LF alone", GET "X: y\n\r\n"},
        {400, "CR alone in a value", GET "X: a\rb\r\n\r\n"},
        {400, "a folded line", GET "X: a\r\n b\r\n\r\n"},
        {400, "folded by a tab", GET "X: a\r\n\tb\r\n\r\n"},
        {400, "a space before the colon", GET "X : a\r\n\r\n"},
        {400, "no colon", GET "nonsense\r\n\r\n"},
        {400, "no name", GET ": a\r\n\r\n"},
        {400, "a sign that no name has", GET "X(y): a\r\n\r\n"},
        {400, "a control character", GET "X: \x01\r\n\r\n"},
        {400, "DEL", GET "X: \x7F\r\n\r\n"},
        {400, "a method in small letters that is none", "g t / HTTP/1.1\r\n" HOST "\r\n"},
        {400, "no target", "GET  HTTP/1.1\r\n" HOST "\r\n"},
        {400, "an absolute target", "GET http://x/ HTTP/1.1\r\n" HOST "\r\n"},
        {400, "an asterisk", "GET * HTTP/1.1\r\n" HOST "\r\n"},
        {400, "an authority", "GET x:80 HTTP/1.1\r\n" HOST "\r\n"},
        {400, "a fragment", "GET /#a HTTP/1.1\r\n" HOST "\r\n"},
        {400, "two spaces", "GET /  HTTP/1.1\r\n" HOST "\r\n"},
        {400, "a tab", "GET\t/\tHTTP/1.1\r\n" HOST "\r\n"},
        {400, "letters beyond ASCII in the target", "GET /\xC3\xA9 HTTP/1.1\r\n" HOST "\r\n"},
        {400, "no version", "GET /\r\n" HOST "\r\n"},
        {400, "another protocol", "GET / XTP/1.1\r\n" HOST "\r\n"},
        {400, "a body on GET", GET "Content-Length: 3\r\n\r\n"},
        {400, "two lengths", POST "Content-Length: 5\r\nContent-Length: 5\r\n\r\n"},
        {400, "a list of lengths", POST "Content-Length: 5, 5\r\n\r\n"},
        {400, "a plus", POST "Content-Length: +5\r\n\r\n"},
        {400, "a minus", POST "Content-Length: -5\r\n\r\n"},
        {400, "hexadecimal", POST "Content-Length: 0x5\r\n\r\n"},
        {400, "a point", POST "Content-Length: 5.0\r\n\r\n"},
        {400, "an empty length", POST "Content-Length:\r\n\r\n"},
        {400, "a length beyond all", POST "Content-Length: 99999999999\r\n\r\n"},
        {400, "both length and coding",
         POST "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n"},
        {400, "the other way round",
         POST "Transfer-Encoding: chunked\r\nContent-Length: 5\r\n\r\n"},
        {400, "two cookies", GET "Cookie: a=b\r\nCookie: c=d\r\n\r\n"},
        {400, "two origins", GET "Origin: null\r\nORIGIN: null\r\n\r\n"},
        {400, "two sites", GET "Sec-Fetch-Site: none\r\nSec-Fetch-Site: none\r\n\r\n"},
        {400, "two tokens", GET "X-Token: a\r\nX-Token: a\r\n\r\n"},
        {400, "two types", GET "Content-Type: a\r\nContent-Type: a\r\n\r\n"},
        {0, "two of what decides nothing", GET "Accept: a\r\nAccept: b\r\n\r\n"},
        {501, "chunked", POST "Transfer-Encoding: chunked\r\n\r\n"},
        {501, "some other coding", POST "Transfer-Encoding: gzip\r\n\r\n"},
        {405, "DELETE", "DELETE / HTTP/1.1\r\n" HOST "\r\n"},
        {405, "TRACE", "TRACE / HTTP/1.1\r\n" HOST "\r\n"},
        {405, "a method of nobody", "BREW / HTTP/1.1\r\n" HOST "\r\n"},
        {411, "a form without a length", POST "\r\n"},
        {417, "expects something else", POST "Content-Length: 5\r\nExpect: wonders\r\n\r\n"},
        {505, "HTTP/1.0", "GET / HTTP/1.0\r\n" HOST "\r\n"},
        {505, "HTTP/2", "GET / HTTP/2\r\n" HOST "\r\n"},
        {505, "HTTP/1.1 and more", "GET / HTTP/1.11\r\n" HOST "\r\n"},
        {400, "nothing", "\r\n"},
        {400, "no end", "GET / HTTP/1.1"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        int status = status_of(rows[i].head, strlen(rows[i].head));
        if (status != rows[i].status)
            fail_msg("%s: %d, not %d", rows[i].what, status, rows[i].status);
    }
}

static void test_what_is_read(void **state)
{
    static const char head[] =
        "POST /journeys/1/answer?x=/y HTTP/1.1\r\n" HOST "Content-Length: 262144\r\n\r\n";
    struct door_head out;
    (void)state;
    assert_int_equal(door_read_head(str_of(head), &out), 0);
    assert_true(str_is(out.method, "POST"));
    assert_true(str_is(out.path, "/journeys/1/answer"));
    assert_int_equal(out.length, 262144);
}

/* Each at its limit, and one beyond. */
static void test_limits(void **state)
{
    (void)state;
    for (size_t more = 0; more < 2; more++) {
        struct arena *a = arena_new();
        struct buf line = {.a = a}, many = {.a = a};
        buf_add(&line, STR("GET /"));
        while (line.n < DOOR_LINE_MAX - strlen(" HTTP/1.1") + more)
            buf_add_char(&line, 'a');
        buf_add(&line, STR(" HTTP/1.1\r\n" HOST "\r\n"));
        assert_int_equal(status_of(line.p, line.n), more ? 414 : 0);
        buf_add(&many, STR(GET));
        for (size_t i = 1; i < DOOR_HEADERS + more; i++)
            buf_format(&many, "X-%zu: y\r\n", i);
        buf_add(&many, STR("\r\n"));
        assert_int_equal(status_of(many.p, many.n), more ? 431 : 0);
        struct buf large = {.a = a};
        size_t line_bytes = strlen("GET / HTTP/1.1\r\n");
        buf_add(&large, STR(GET "X: "));
        while (large.n < line_bytes + DOOR_HEADERS_MAX - strlen("\r\n\r\n") + more)
            buf_add_char(&large, 'y');
        buf_add(&large, STR("\r\n\r\n"));
        assert_int_equal(status_of(large.p, large.n), more ? 431 : 0);
        arena_free(a);
    }
}

/* One byte of a good head changed to any other: it is read as something or refused, never past its
 * end; and a NUL, CR or LF anywhere in a line is refused. */
static void test_every_changed_byte(void **state)
{
    static const char good[] = POST "Content-Length: 5\r\nX-Token: abc\r\n\r\n";
    char head[sizeof good];
    (void)state;
    for (size_t i = 0; i + 5 < sizeof good; i++) {
        if (good[i] == '\r' || good[i] == '\n')
            continue;
        for (int c = 0; c < 256; c++) {
            memcpy(head, good, sizeof good);
            head[i] = (char)c;
            int status = status_of(head, sizeof good - 1);
            if ((c == 0 || c == '\r' || c == '\n') && status == 0)
                fail_msg("byte %zu as %d passes", i, c);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_heads),
        cmocka_unit_test(test_what_is_read),
        cmocka_unit_test(test_limits),
        cmocka_unit_test(test_every_changed_byte),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
