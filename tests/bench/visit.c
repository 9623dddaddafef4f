#include "visit.h"

#include <arpa/inet.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

enum { LINE = 512, SECRET = 64, ANSWER = 1 << 19 };

struct visitor {
    int port;
    char cookie[SECRET + 1];
    char answer[ANSWER]; /* of the last request, ended by a zero */
};

/* What stands behind `mark`, up to `n` characters of `of`; ends the bench if it is not there. */
static void take(const char *text, const char *mark, const char *of, char *out, size_t n)
{
    const char *at = strstr(text, mark);
    if (!at)
        give_up("what a page should have is not there");
    at += strlen(mark);
    size_t length = strspn(at, of);
    (void)snprintf(out, n, "%.*s", (int)length, at);
}

static int reach(int port)
{
    struct sockaddr_in to = {.sin_family = AF_INET, .sin_port = htons((unsigned short)port)};
    int s = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (s < 0 || connect(s, (struct sockaddr *)&to, sizeof to) != 0)
        give_up("the server cannot be reached");
    return s;
}

static void ask(struct visitor *v, const char *line, const char *body, const char *expected)
{
    char request[LINE * 3];
    size_t got = 0;
    ssize_t n;
    int length = snprintf(request, sizeof request,
                          "%s HTTP/1.1\r\nHost: 127.0.0.1:%d\r\nSec-Fetch-Site: same-origin\r\n"
                          "Cookie: sid=%s\r\nConnection: close\r\nContent-Length: %zu\r\n"
                          "Content-Type: application/x-www-form-urlencoded\r\n\r\n%s",
                          line, v->port, v->cookie, strlen(body), body);
    int s = reach(v->port);
    if (length < 0 || write(s, request, (size_t)length) != length)
        give_up("the server does not listen");
    while (got < ANSWER - 1 && (n = read(s, v->answer + got, ANSWER - 1 - got)) > 0)
        got += (size_t)n;
    v->answer[got] = '\0';
    (void)close(s);
    if (strncmp(v->answer, expected, strlen(expected)) != 0)
        give_up(line);
}

double visit(const char *const *serve, const char *page, int times)
{
    static struct child c;
    static struct visitor v;
    char line[LINE], digits[8], body[LINE], code[SECRET + 1], journey[64];
    v.cookie[0] = '\0';
    child_start(&c, serve);
    child_hear(&c, line, sizeof line);
    take(line, "localhost:", "0123456789", digits, sizeof digits);
    take(line, "#t=", "0123456789abcdef", code, sizeof code);
    v.port = (int)strtol(digits, NULL, 10);
    (void)snprintf(body, sizeof body, "code=%s", code);
    ask(&v, "POST /enter", body, "HTTP/1.1 303");
    take(v.answer, "sid=", "0123456789abcdef", v.cookie, sizeof v.cookie);
    ask(&v, "GET /", "", "HTTP/1.1 200");
    take(v.answer, "/journeys/", "0123456789abcdef-", journey, sizeof journey);
    (void)snprintf(line, sizeof line, "GET /journeys/%s%s", journey, page);
    for (int i = 0; i < times; i++)
        ask(&v, line, "", "HTTP/1.1 200");
    if (kill(c.pid, SIGTERM) != 0)
        give_up("the server has gone");
    return child_end(&c);
}
