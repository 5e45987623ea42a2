/* See paint.h. A paragraph is kept as harmless UTF-8 in which the bytes below 0x20 are marks of our own:
 * harmless text has none of them, so that no report can forge one. */
#include "present/paint.h"

#include "base/utf8.h"

#include <stdarg.h>
#include <stdio.h>

enum {
    MARK_GLUE = 0x01, /* a blank at which no line ends */
    MARK_TONE = 0x10, /* plus a dsr_tone */
    ROOM_LEAST = 8    /* a line has room for at least so many columns of text, whatever its indent */
};

/* Accents of the 256-colour palette whose contrast is near 4.5:1 on black and on white alike. Colour never
 * stands alone: what is only in the source is struck through, what is only in the copy is underlined. */
static const char *const tone_codes[DSR_TONES] = {
    "", "\033[1m", "\033[2m", "\033[38;5;30m", "\033[38;5;130;9m", "\033[38;5;30;4m"};
static const char ellipsis[] = "\xe2\x80\xa6";

void dsr_paint_open(dsr_paint *paint, dsr_buffer *to, dsr_look look)
{
    paint->to = to;
    paint->look = look;
    if (look.width == 0)
        paint->look.width = DSR_WIDTH_USUAL;
    else if (look.width < DSR_WIDTH_LEAST)
        paint->look.width = DSR_WIDTH_LEAST;
    else if (look.width > DSR_WIDTH_MOST)
        paint->look.width = DSR_WIDTH_MOST;
    paint->tone = DSR_TONE_PLAIN;
    dsr_buffer_open(&paint->text, 0);
    dsr_buffer_open(&paint->tail, 0);
}

dsr_status dsr_paint_close(dsr_paint *paint)
{
    dsr_status status = paint->to->status;
    if (status == DSR_OK)
        status = paint->text.status;
    if (status == DSR_OK)
        status = paint->tail.status;
    dsr_buffer_drop(&paint->text);
    dsr_buffer_drop(&paint->tail);
    return status;
}

void dsr_paint_fail(dsr_paint *paint, dsr_status status)
{
    if (paint->text.status == DSR_OK)
        paint->text.status = status;
}

static bool is_tone_mark(char c)
{
    return (unsigned char)c >= MARK_TONE && (unsigned char)c < ' ';
}

static bool ends_blank(const dsr_buffer *buffer)
{
    size_t at = buffer->len;
    while (at > 0 && is_tone_mark(buffer->data[at - 1]))
        at--;
    return at == 0 || buffer->data[at - 1] == ' ' || buffer->data[at - 1] == MARK_GLUE;
}

bool dsr_paint_is_blank(const dsr_paint *paint)
{
    return ends_blank(&paint->text);
}

/* Appends hostile text in its harmless form. */
static void append_harmless(dsr_buffer *to, dsr_slice text)
{
    const char *p = text.ptr, *end = p + text.len;
    bool blank = ends_blank(to) && to->len > 0;
    while (p < end) {
        const char *run = p;
        while (p<end && * p> ' ' && *p < 0x7f)
            p++;
        if (p > run) {
            dsr_buffer_append_bytes(to, run, (size_t)(p - run));
            blank = false;
            continue;
        }
        size_t length = 1;
        uint32_t c = dsr_utf8_decode(p, end, &length);
        p += length;
        if (c == 0xa0) {
            dsr_buffer_append_char(to, MARK_GLUE);
            blank = true;
        } else if (dsr_is_space(c)) {
            if (!blank)
                dsr_buffer_append_char(to, ' ');
            blank = true;
        } else {
            dsr_buffer_append_code_point(to, c < ' ' || dsr_is_control(c) ? 0xfffd : c);
            blank = false;
        }
    }
}

void dsr_paint_tone(dsr_paint *paint, dsr_tone tone)
{
    if (tone == paint->tone)
        return;
    paint->tone = tone;
    dsr_buffer_append_char(&paint->text, (char)(MARK_TONE + tone));
}

void dsr_paint_text(dsr_paint *paint, dsr_slice text)
{
    if (text.len > 0)
        append_harmless(&paint->text, text);
}

void dsr_paint_toned(dsr_paint *paint, dsr_tone tone, dsr_slice text)
{
    dsr_tone before = paint->tone;
    dsr_paint_tone(paint, tone);
    dsr_paint_text(paint, text);
    dsr_paint_tone(paint, before);
}

/* What printf made, cut where it did not fit. */
static dsr_slice printed(const char *text, int length, size_t room)
{
    if (length < 0)
        return DSR_SLICE_NONE;
    dsr_slice whole = {text, (size_t)length < room ? (size_t)length : room - 1};
    if ((size_t)length >= room)
        whole.len = dsr_utf8_floor(whole, whole.len);
    return whole;
}

void dsr_paint_print(dsr_paint *paint, const char *format, ...)
{
    char text[1000];
    va_list args;
    va_start(args, format);
    int length = vsnprintf(text, sizeof text, format, args);
    va_end(args);
    dsr_paint_text(paint, printed(text, length, sizeof text));
}

void dsr_paint_pad(dsr_paint *paint, unsigned columns)
{
    dsr_buffer_append_fill(&paint->text, MARK_GLUE, columns);
}

/* The next character of harmless text: its columns; *p is moved past it. Marks take none, but glue takes one.
 */
static unsigned take_columns(const char **p, const char *end, uint32_t *character)
{
    unsigned char c = (unsigned char)**p;
    if (c < 0x80) {
        *character = c;
        ++*p;
        return c >= ' ' || c == MARK_GLUE ? 1 : 0;
    }
    size_t length = 1;
    *character = dsr_utf8_decode(*p, end, &length);
    size_t columns = dsr_utf8_columns((dsr_slice){*p, length});
    *p += length;
    return columns > 2 ? 2 : (unsigned)columns;
}

static unsigned harmless_columns(dsr_slice text)
{
    const char *p = text.ptr, *end = p + text.len;
    unsigned columns = 0;
    uint32_t character;
    while (p < end)
        columns += take_columns(&p, end, &character);
    return columns;
}

/* Columns of one character of hostile text. */
static unsigned hostile_columns(uint32_t c, dsr_slice as_bytes)
{
    if (c < 0x80 || dsr_is_space(c) || dsr_is_control(c) || c == 0xfffd)
        return 1;
    size_t columns = dsr_utf8_columns(as_bytes);
    return columns > 2 ? 2 : (unsigned)columns;
}

/* Walks hostile text: *p past the next character or run of white space, *blank whether it is one. Returns its
 * columns. */
static unsigned take_hostile(const char **p, const char *end, bool *blank, uint32_t *character)
{
    size_t length = 1;
    const char *start = *p;
    *character = dsr_utf8_decode(start, end, &length);
    *p += length;
    *blank = *character != 0xa0 && dsr_is_space(*character);
    while (*blank && *p < end) {
        uint32_t next = dsr_utf8_decode(*p, end, &length);
        if (next == 0xa0 || !dsr_is_space(next))
            break;
        *p += length;
    }
    return hostile_columns(*character, (dsr_slice){start, length});
}

unsigned dsr_paint_columns(dsr_slice text)
{
    const char *p = text.ptr ? text.ptr : "", *end = p + text.len;
    unsigned columns = 0;
    bool blank;
    uint32_t character;
    while (p < end)
        columns += take_hostile(&p, end, &blank, &character);
    return columns;
}

dsr_slice dsr_paint_head(dsr_slice text, unsigned columns)
{
    if (text.len == 0)
        return text;
    const char *p = text.ptr, *end = p + text.len, *word_end = NULL;
    unsigned used = 0;
    while (p < end) {
        const char *start = p;
        bool blank;
        uint32_t character;
        used += take_hostile(&p, end, &blank, &character);
        if (start > text.ptr && (blank || dsr_is_unspaced(character)))
            word_end = start;
        if (used > columns)
            return (dsr_slice){text.ptr, (size_t)((word_end ? word_end : start) - text.ptr)};
    }
    return text;
}

dsr_slice dsr_paint_rear(dsr_slice text, unsigned columns)
{
    if (text.len == 0)
        return text;
    unsigned all = dsr_paint_columns(text), passed = 0;
    const char *p = text.ptr, *end = p + text.len;
    if (all <= columns)
        return text;
    const char *cut = NULL;
    while (p < end) {
        const char *start = p;
        bool blank;
        uint32_t character;
        unsigned wide = take_hostile(&p, end, &blank, &character);
        if (all - passed <= columns && cut == NULL && wide > 0)
            cut = start;
        if (all - passed <= columns && dsr_is_unspaced(character))
            return (dsr_slice){start, (size_t)(end - start)};
        passed += wide;
        if (all - passed <= columns && blank)
            return (dsr_slice){p, (size_t)(end - p)};
    }
    return cut ? (dsr_slice){cut, (size_t)(end - cut)} : (dsr_slice){end, 0};
}

void dsr_paint_cell(dsr_paint *paint, dsr_slice text, unsigned columns, bool right)
{
    text = dsr_slice_trim(text);
    unsigned wide = dsr_paint_columns(text);
    bool cut = wide > columns;
    if (cut) {
        text = dsr_paint_head(text, columns - 1);
        wide = dsr_paint_columns(text) + 1;
    }
    if (right && wide < columns)
        dsr_paint_pad(paint, columns - wide);
    dsr_paint_text(paint, text);
    if (cut)
        dsr_buffer_append_bytes(&paint->text, ellipsis, sizeof ellipsis - 1);
    if (!right && wide < columns)
        dsr_paint_pad(paint, columns - wide);
}

void dsr_paint_tail(dsr_paint *paint, const char *format, ...)
{
    char text[200];
    va_list args;
    va_start(args, format);
    int length = vsnprintf(text, sizeof text, format, args);
    va_end(args);
    dsr_slice tail = printed(text, length, sizeof text);
    unsigned most = paint->look.width / 2;
    bool cut = dsr_paint_columns(tail) > most;
    dsr_buffer_reset(&paint->tail);
    append_harmless(&paint->tail, cut ? dsr_paint_head(tail, most - 1) : tail);
    if (cut)
        dsr_buffer_append_bytes(&paint->tail, ellipsis, sizeof ellipsis - 1);
}

/* Where a line ends, and where the next begins. */
typedef struct line_end {
    const char *end, *next;
    unsigned columns;
} line_end;

static bool breaks_before(uint32_t character, uint32_t previous, unsigned columns)
{
    return columns > 0 && (dsr_is_unspaced(character) || dsr_is_unspaced(previous) || previous == 0x2014);
}

/* Finds the end of the line that begins at `start` and has room for `room` columns. */
static line_end find_line_end(const char *start, const char *end, unsigned room)
{
    line_end best = {NULL, NULL, 0};
    unsigned used = 0;
    uint32_t character = ' ', previous = ' ';
    const char *p = start;
    while (p < end) {
        const char *at = p;
        unsigned wide = take_columns(&p, end, &character);
        if (character == ' ' && used > 0)
            best = (line_end){at, p, used};
        else if (used > 0 && breaks_before(character, previous, wide))
            best = (line_end){at, at, used};
        if (character == ' ' && used == room)
            break;
        if (used + wide > room) {
            if (best.end == NULL)
                best = (line_end){at, at, used};
            break;
        }
        used += wide;
        if (wide > 0)
            previous = character;
        if (p == end)
            return (line_end){end, end, used};
    }
    return best.end ? best : (line_end){end, end, used};
}

static void set_tone(dsr_paint *paint, dsr_tone from, dsr_tone to)
{
    if (!paint->look.colour || from == to)
        return;
    dsr_slice reset = DSR_SLICE("\033[0m");
    if (from != DSR_TONE_PLAIN)
        dsr_buffer_append(paint->to, reset);
    dsr_buffer_append(paint->to, dsr_slice_of(tone_codes[to]));
}

/* Writes one line's text; marks are carried out. Returns the tone at its end, the output is back in plain. */
static dsr_tone write_run(dsr_paint *paint, const char *p, const char *end, dsr_tone tone)
{
    dsr_tone shown = DSR_TONE_PLAIN;
    while (p < end) {
        const char *run = p;
        while (p < end && (unsigned char)*p >= ' ')
            p++;
        if (p > run) {
            set_tone(paint, shown, tone);
            shown = tone;
            dsr_buffer_append_bytes(paint->to, run, (size_t)(p - run));
        } else if (*p == MARK_GLUE) {
            dsr_buffer_append_char(paint->to, ' ');
            p++;
        } else {
            tone = (dsr_tone)((unsigned char)*p - MARK_TONE);
            p++;
        }
    }
    set_tone(paint, shown, DSR_TONE_PLAIN);
    return tone;
}

/* Without the blanks and marks at the end of a line. */
static const char *trim_line(const char *start, const char *end)
{
    while (end > start && (unsigned char)end[-1] <= ' ')
        end--;
    return end;
}

static dsr_tone last_tone(const char *p, const char *end, dsr_tone tone)
{
    for (; p < end; p++)
        if (is_tone_mark(*p))
            tone = (dsr_tone)((unsigned char)*p - MARK_TONE);
    return tone;
}

static void write_tail(dsr_paint *paint, unsigned used)
{
    dsr_slice tail = dsr_buffer_slice(&paint->tail);
    unsigned columns = harmless_columns(tail);
    if (used + columns < paint->look.width)
        dsr_buffer_append_fill(paint->to, ' ', paint->look.width - columns - used);
    (void)write_run(paint, tail.ptr, tail.ptr + tail.len, DSR_TONE_QUIET);
}

/* The indent of a line, never so deep that no text has room. */
static unsigned indent_of(const dsr_paint *paint, unsigned indent, unsigned tail)
{
    unsigned most = paint->look.width - tail - ROOM_LEAST;
    return indent < most ? indent : most;
}

static void write_lines(dsr_paint *paint, dsr_layout layout)
{
    dsr_slice tail = dsr_buffer_slice(&paint->tail), text = dsr_buffer_slice(&paint->text);
    unsigned tail_columns = tail.len ? harmless_columns(tail) + 1 : 0;
    const char *p = text.ptr ? text.ptr : "", *end = p + text.len;
    dsr_tone tone = DSR_TONE_PLAIN;
    unsigned line = 0;
    do {
        while (p < end && *p == ' ')
            p++;
        unsigned indent = indent_of(paint, line == 0 ? layout.first : layout.rest, tail_columns);
        unsigned room = paint->look.width - tail_columns - indent;
        line_end found = find_line_end(p, end, room);
        bool cut = layout.lines > 0 && line + 1 == layout.lines && found.next < end;
        if (cut)
            found = find_line_end(p, end, room - 2);
        const char *stop = trim_line(p, found.end);
        unsigned used = indent + harmless_columns((dsr_slice){p, (size_t)(stop - p)}) + (cut ? 2 : 0);
        dsr_buffer_append_fill(paint->to, ' ', stop > p || cut || tail.len ? indent : 0);
        tone = last_tone(stop, found.next, write_run(paint, p, stop, tone));
        if (cut)
            dsr_buffer_append_format(paint->to, " %s", ellipsis);
        p = cut ? end : found.next;
        if (p >= end && tail.len > 0)
            write_tail(paint, used);
        dsr_buffer_append_char(paint->to, '\n');
        line++;
    } while (p < end);
}

void dsr_paint_end(dsr_paint *paint, dsr_layout layout)
{
    if ((paint->text.len > 0 || paint->tail.len > 0) && paint->text.status == DSR_OK &&
        paint->tail.status == DSR_OK)
        write_lines(paint, layout);
    dsr_status failed = paint->text.status != DSR_OK ? paint->text.status : paint->tail.status;
    dsr_buffer_reset(&paint->text);
    dsr_buffer_reset(&paint->tail);
    paint->text.status = failed; /* reset forgets a failure; the page must not */
    paint->tone = DSR_TONE_PLAIN;
}

void dsr_paint_blank_line(dsr_paint *paint)
{
    dsr_buffer_append_char(paint->to, '\n');
}

void dsr_paint_heading(dsr_paint *paint, const char *title, const char *note)
{
    dsr_paint_blank_line(paint);
    dsr_slice head = dsr_slice_of(title), words = dsr_slice_of(note);
    unsigned both = dsr_paint_columns(head) + (note ? 2 + dsr_paint_columns(words) : 0);
    dsr_paint_toned(paint, DSR_TONE_TITLE, head);
    if (note && both <= paint->look.width && dsr_paint_columns(words) <= paint->look.width / 2)
        dsr_paint_tail(paint, "%s", note);
    dsr_paint_end(paint, (dsr_layout){0, 2, 0});
    if (note && (both > paint->look.width || dsr_paint_columns(words) > paint->look.width / 2)) {
        dsr_paint_toned(paint, DSR_TONE_QUIET, words);
        dsr_paint_end(paint, (dsr_layout){2, 2, 0});
    }
}
