/* Emoticons. Knows nothing of tokens and sentences. */
#include "language/emoticons.h"

#include "language/chars.h"

static bool is_eyes(char c)
{
    return c == ':' || c == ';' || c == '=';
}

static bool is_round_mouth(char c)
{
    return c == ')' || c == '(';
}

/* Behind the eyes: nose, then a mouth; round mouths may be repeated. */
static size_t find_mouth_end(dsr_slice text, size_t at, size_t end)
{
    const char *p = text.ptr;
    size_t mouth = at + (at < end && (p[at] == '-' || p[at] == '\''));
    if (mouth >= end) {
        return at;
    }
    if (!is_round_mouth(p[mouth])) {
        bool other = p[mouth] == 'D' || p[mouth] == 'P' || p[mouth] == '/' || p[mouth] == '|';
        return other ? mouth + 1 : at;
    }
    while (mouth < end && is_round_mouth(p[mouth])) {
        mouth++;
    }
    return mouth;
}

size_t dsr_emoticon_end(dsr_slice text, size_t at, size_t end)
{
    const char *p = text.ptr;
    size_t stop = at;
    if (at < end && is_eyes(p[at])) {
        stop = find_mouth_end(text, at + 1, end);
        stop = stop == at + 1 ? at : stop;
    } else if (at + 2 < end && p[at] == '^' && p[at + 2] == '^') {
        stop = at + 3; /* "^_^" */
    } else if (at + 1 < end && p[at] == '<' && p[at + 1] == '3') {
        stop = at + 2;
    }
    if (stop == at) {
        return at;
    }
    dsr_char behind = stop < end ? dsr_char_at(text, stop) : (dsr_char){0, DSR_CHAR_SPACE, 0};
    bool free_right =
        behind.kind == DSR_CHAR_SPACE || behind.kind == DSR_CHAR_STOP || behind.code_point == ',';
    return free_right ? stop : at;
}
