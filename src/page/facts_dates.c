/* When a page says that it was published and modified, in whatever way dates are written. Must not know who
 * wrote it. */
#include "page/facts_parts.h"

#include "base/utf8.h"
#include "lexicon/stamp.h"

#include <string.h>

static bool digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool letter(char c)
{
    return (unsigned char)((c | 0x20) - 'a') < 26;
}

/* The number at *at of at most `most` digits; -1 where there is none. */
static int number(dsr_slice s, size_t *at, size_t most)
{
    int value = 0;
    size_t start = *at;
    while (*at < s.len && *at < start + most && digit(s.ptr[*at])) {
        value = value * 10 + (s.ptr[(*at)++] - '0');
    }
    return *at > start ? value : -1;
}

/* The month that a word names in English, in full or by at least three letters; -1. */
static int month_of(dsr_slice word)
{
    static const char *const months[] = {"january",   "february", "march",    "april",
                                         "may",       "june",     "july",     "august",
                                         "september", "october",  "november", "december"};
    for (int i = 0; i < 12 && word.len >= 3; i++) {
        dsr_slice month = dsr_slice_of(months[i]);
        if (word.len <= month.len && dsr_slice_equal_nocase(word, dsr_slice_part(month, 0, word.len))) {
            return i + 1;
        }
    }
    return -1;
}

static bool is_year(int value)
{
    return value >= 1900 && value < 2200;
}

/* "2022/01/11", "2022.01.11", "2022-1-1" at the start. */
static bool take_ordered(dsr_slice s, dsr_moment_parts *parts)
{
    size_t at = 0;
    int year = number(s, &at, 4);
    if (!is_year(year) || at >= s.len || strchr("/.-", s.ptr[at]) == NULL) {
        return false;
    }
    char mark = s.ptr[at++];
    parts->year = year;
    parts->month = number(s, &at, 2);
    if (at >= s.len || s.ptr[at++] != mark) {
        return false;
    }
    parts->day = number(s, &at, 2);
    return parts->month > 0 && parts->day > 0;
}

/* A time of day whose hour was just read: ":17", ":17:05", "pm". */
static void take_clock(dsr_slice s, size_t *at, int hour, dsr_moment_parts *parts)
{
    (*at)++;
    int minute = number(s, at, 2);
    if (minute < 0) {
        return;
    }
    parts->hour = hour;
    parts->minute = minute;
    if (*at + 1 < s.len && s.ptr[*at] == ':' && digit(s.ptr[*at + 1])) {
        (*at)++;
        parts->second = number(s, at, 2);
    }
    size_t mark = *at;
    while (mark < s.len && s.ptr[mark] == ' ') {
        mark++;
    }
    if (mark + 1 >= s.len || hour > 12) {
        return;
    }
    char first = (char)(s.ptr[mark] | 0x20);
    bool half = (s.ptr[mark + 1] | 0x20) == 'm' || s.ptr[mark + 1] == '.';
    if (half && (first == 'p' || first == 'a')) {
        parts->hour = hour % 12 + (first == 'p' ? 12 : 0);
    }
}

static void take_zone(dsr_slice word, dsr_moment_parts *parts)
{
    static const struct {
        const char *name;
        int minutes;
    } zones[] = {{"utc", 0},    {"gmt", 0},    {"est", -300}, {"edt", -240}, {"cst", -360},
                 {"cdt", -300}, {"pst", -480}, {"pdt", -420}, {"cet", 60},   {"cest", 120}};
    for (size_t i = 0; i < sizeof zones / sizeof *zones && parts->hour >= 0; i++) {
        if (dsr_slice_equal_nocase(word, dsr_slice_of(zones[i].name))) {
            parts->has_zone = true;
            parts->zone_minutes = zones[i].minutes;
        }
    }
}

/* "January 11, 2022 8:17 pm EST", "11 Jan 2022", whatever stands around it. */
static bool take_words(dsr_slice s, dsr_moment_parts *parts)
{
    enum { LONGEST = 120 };
    s = dsr_slice_part(s, 0, LONGEST);
    for (size_t at = 0; at < s.len;) {
        size_t start = at;
        if (digit(s.ptr[at])) {
            int value = number(s, &at, 5);
            bool clock = at + 1 < s.len && s.ptr[at] == ':' && digit(s.ptr[at + 1]);
            if (clock && value < 24 && parts->hour < 0) {
                take_clock(s, &at, value, parts);
            } else if (is_year(value) && parts->year < 0) {
                parts->year = value;
            } else if (value > 0 && value < 32 && parts->day < 0) {
                parts->day = value;
            }
        } else if (letter(s.ptr[at])) {
            while (at < s.len && letter(s.ptr[at])) {
                at++;
            }
            dsr_slice word = dsr_slice_part(s, start, at);
            int month = month_of(word);
            if (month > 0 && parts->month < 0) {
                parts->month = month;
            }
            take_zone(word, parts);
        } else {
            at++;
        }
    }
    return parts->year > 0 && parts->month > 0 && parts->day > 0;
}

/* Seconds or milliseconds since 1970. */
static bool is_seconds(dsr_slice s, int64_t *seconds)
{
    int64_t value = 0;
    for (size_t i = 0; i < s.len; i++) {
        if (!digit(s.ptr[i])) {
            return false;
        }
        value = i < 10 ? value * 10 + (s.ptr[i] - '0') : value;
    }
    *seconds = value;
    return (s.len == 10 || s.len == 13) && s.ptr[0] == '1';
}

static const dsr_moment_parts nothing = {-1, -1, -1, -1, -1, -1, false, 0};

static dsr_status from_parts(dsr_arena *arena, dsr_moment_parts *parts, dsr_moment *out)
{
    /* The day from which programs count stands for no day at all. */
    bool none = parts->year == 1970 && parts->month == 1 && parts->day == 1;
    if (!is_year(parts->year) || parts->month < 0 || parts->day < 0 || none) {
        return DSR_ERR_INPUT;
    }
    if (parts->hour == 0 && parts->minute == 0 && parts->second <= 0 && !parts->has_zone) {
        parts->hour = parts->minute = parts->second = -1;
    }
    return dsr_moment_from_parts(arena, parts, out);
}

/* "2025-03-04T10:00:00[Europe/Berlin]": a name of a zone (RFC 9557) tells no offset without its tables. */
static dsr_slice without_zone_name(dsr_slice s)
{
    size_t open = dsr_slice_ends(s, DSR_SLICE("]")) ? dsr_slice_find(s, DSR_SLICE("["), 0) : SIZE_MAX;
    return open != SIZE_MAX ? dsr_slice_trim(dsr_slice_part(s, 0, open)) : s;
}

dsr_status dsr_page_date(dsr_arena *arena, dsr_slice text, dsr_moment *out)
{
    text = without_zone_name(dsr_slice_trim(text));
    char utc[24];
    int64_t seconds;
    if (text.len == 0) {
        return DSR_ERR_INPUT;
    }
    if (is_seconds(text, &seconds)) {
        dsr_moment_format_utc(seconds, utc);
        text = dsr_slice_of(utc);
    }
    dsr_moment_parts parts = nothing;
    if (dsr_moment_parse_parts(text, &parts)) {
        return from_parts(arena, &parts, out);
    }
    parts = nothing;
    if (take_ordered(text, &parts)) {
        return from_parts(arena, &parts, out);
    }
    parts = nothing;
    return take_words(text, &parts) ? from_parts(arena, &parts, out) : DSR_ERR_INPUT;
}

/* A year, month and day at `at` of an address, parted by one mark or by none. */
static bool take_path(dsr_slice url, size_t at, dsr_moment_parts *parts)
{
    parts->year = number(url, &at, 4);
    if (!is_year(parts->year) || at >= url.len) {
        return false;
    }
    char mark = url.ptr[at];
    bool parted = mark == '/' || mark == '-' || mark == '_';
    at += parted;
    if (at < url.len && letter(url.ptr[at]) && parted) {
        size_t start = at;
        while (at < url.len && letter(url.ptr[at])) {
            at++;
        }
        parts->month = month_of(dsr_slice_part(url, start, at));
    } else {
        size_t start = at;
        parts->month = number(url, &at, 2);
        if (!parted && at != start + 2) {
            return false;
        }
    }
    if (parted && (at >= url.len || url.ptr[at++] != mark)) {
        return false;
    }
    size_t start = at;
    parts->day = number(url, &at, 2);
    bool whole = at >= url.len || !digit(url.ptr[at]);
    return whole && (parted || at == start + 2) && parts->month > 0 && parts->month < 13 && parts->day > 0;
}

dsr_status dsr_page_url_date(dsr_arena *arena, dsr_slice url, dsr_moment *out)
{
    size_t host = dsr_slice_find(url, DSR_SLICE("://"), 0);
    size_t end = dsr_slice_find(url, DSR_SLICE("?"), 0);
    url = dsr_slice_part(url, host == SIZE_MAX ? 0 : host + 3, end == SIZE_MAX ? url.len : end);
    for (size_t at = 1; at + 8 <= url.len; at++) {
        if (digit(url.ptr[at]) && !digit(url.ptr[at - 1]) && !letter(url.ptr[at - 1])) {
            dsr_moment_parts parts = nothing;
            if (take_path(url, at, &parts)) {
                dsr_status status = from_parts(arena, &parts, out);
                if (status != DSR_ERR_INPUT) {
                    return status;
                }
            }
        }
    }
    return DSR_ERR_INPUT;
}

/* Sets a moment from a value unless it is set; what cannot be read is passed over. */
static dsr_status offer(page_gathered *g, dsr_slice value, const char *before, const char *name,
                        dsr_moment *out, dsr_slice *why)
{
    if (out->iso.ptr != NULL || value.len == 0) {
        return DSR_OK;
    }
    dsr_status status = dsr_page_date(g->arena, value, out);
    if (status == DSR_OK) {
        return dsr_arena_format(g->arena, why, "%s%s", before, name);
    }
    if (status == DSR_ERR_INPUT && out == &g->meta->published && g->unread.len == 0) {
        g->unread = value;
        status = dsr_arena_format(g->arena, &g->unread_place, "%s%s", before, name);
    }
    return status == DSR_ERR_MEMORY ? status : DSR_OK;
}

static dsr_status warn_unread(page_gathered *g, dsr_report *report)
{
    enum { SHOWN = 60 };
    dsr_slice shown;
    if (g->unread.len == 0) {
        return DSR_OK;
    }
    dsr_status status =
        dsr_page_clean(g->arena, dsr_slice_part(g->unread, 0, dsr_utf8_floor(g->unread, SHOWN)), &shown);
    return status == DSR_OK ? dsr_report_warn(g->arena, report, "its date \"%.*s\" (%.*s) cannot be read",
                                              DSR_PRINT(shown), DSR_PRINT(g->unread_place))
                            : status;
}

static dsr_status offer_rules(page_gathered *g, page_fact kind, dsr_moment *out, dsr_slice *why)
{
    dsr_status status = DSR_OK;
    for (size_t i = 0; i < PAGE_RULES && status == DSR_OK; i++) {
        if (dsr_page_rules[i].kind == kind) {
            status = offer(g, g->found[i], "meta ", dsr_page_rules[i].name, out, why);
        }
    }
    return status;
}

/* The date that an element gives: its datetime, its content or its words. */
static dsr_status date_text(page_gathered *g, uint32_t at, dsr_slice *out)
{
    *out = dsr_page_attribute(g, at, PAGE_ATTR_DATETIME);
    if (out->len == 0) {
        *out = dsr_page_attribute(g, at, PAGE_ATTR_CONTENT);
    }
    return out->len > 0 ? DSR_OK : dsr_page_tree_text(g->tree, at, PAGE_NAME_BYTES, out);
}

static dsr_status offer_properties(page_gathered *g, const char *name, dsr_moment *out, dsr_slice *why)
{
    dsr_status status = DSR_OK;
    for (size_t i = 0; i < g->properties.count && out->iso.ptr == NULL && status == DSR_OK; i++) {
        uint32_t at = g->properties.items[i];
        if (dsr_page_has_token(dsr_page_attribute(g, at, PAGE_ATTR_ITEMPROP), name) &&
            !dsr_page_is_aside(g, at)) {
            dsr_slice value;
            status = date_text(g, at, &value);
            status = status == DSR_OK ? offer(g, value, "itemprop ", name, out, why) : status;
        }
    }
    return status;
}

/* How much a time element looks like the article's date; 0: not at all. */
static unsigned time_worth(const page_gathered *g, uint32_t at, uint32_t heading, bool modified)
{
    dsr_slice class = dsr_page_attribute(g, at, PAGE_ATTR_CLASS);
    const page_node *node = &g->tree->nodes.items[at];
    dsr_slice around = dsr_page_attribute(g, node->parent < at ? node->parent : at, PAGE_ATTR_CLASS);
    bool changed = dsr_page_has(class, "updat") || dsr_page_has(class, "modif") ||
                   dsr_page_has(around, "updat") || dsr_page_has(around, "modif");
    bool issued = dsr_page_has(class, "publi") || dsr_page_has(class, "posted") ||
                  dsr_page_has(around, "publi") || dsr_page_has(class, "dateline") ||
                  dsr_page_has(class, "entry-date");
    if ((changed && !issued) != modified || dsr_page_is_aside(g, at)) {
        return 0;
    }
    unsigned worth = issued ? 60 : 10;
    if (heading != UINT32_MAX) {
        uint32_t far = at > heading ? at - heading : (heading - at) * 3;
        worth += far < 400 ? 40 - far / 10 : 0;
    }
    return worth;
}

static dsr_status offer_times(page_gathered *g, uint32_t heading, bool modified, dsr_moment *out,
                              dsr_slice *why)
{
    unsigned best = 0;
    dsr_moment chosen = {0};
    for (size_t i = 0; i < g->times.count && out->iso.ptr == NULL; i++) {
        uint32_t at = g->times.items[i];
        unsigned own = time_worth(g, at, heading, modified);
        if (own > best) {
            dsr_slice value;
            dsr_moment moment = {0};
            dsr_status status = date_text(g, at, &value);
            status = status == DSR_OK ? dsr_page_date(g->arena, value, &moment) : status;
            if (status == DSR_ERR_MEMORY) {
                return status;
            }
            if (status == DSR_OK) {
                best = own;
                chosen = moment;
            }
        }
    }
    if (best == 0) {
        return DSR_OK;
    }
    *out = chosen;
    return dsr_page_set_why(g, "time element", why);
}

/* ---- lines of the layout ---- */

enum { LINE_BYTES = 120, LINE_NODES = 40, NEAR_BEFORE = 60, NEAR_BEHIND = 240 };

static bool tells_change(dsr_slice text)
{
    return dsr_page_has(text, "updat") || dsr_page_has(text, "modif") || dsr_page_has(text, "edited");
}

static bool tells_issue(dsr_slice text)
{
    return dsr_page_has(text, "publi") || dsr_page_has(text, "posted");
}

/* Whether an element is a line that is called a date; of both dates at once nothing is read here. */
static dsr_status is_date_line(page_gathered *g, uint32_t at, bool modified, dsr_slice *text, bool *out)
{
    const page_node *node = &g->tree->nodes.items[at];
    dsr_slice class = dsr_page_attribute(g, at, PAGE_ATTR_CLASS);
    *out = false;
    if (class.len == 0 || node->end - at > LINE_NODES ||
        (dsr_lexicon_page_groups(g->lexicon, class) >> DSR_PAGE_DATE & 1) == 0) {
        return DSR_OK;
    }
    dsr_status status = dsr_page_tree_text(g->tree, at, LINE_BYTES + 1, text);
    bool changed = tells_change(*text) || (tells_change(class) && !tells_issue(*text));
    bool both = tells_change(*text) && tells_issue(*text);
    *out = status == DSR_OK && text->len > 0 && text->len <= LINE_BYTES && !both && changed == modified &&
           !dsr_page_is_aside(g, at);
    return status;
}

/* "Published 4 March 2025" in a text by itself, whatever it stands in. */
static dsr_slice said_line(const page_gathered *g, uint32_t at, bool modified)
{
    static const char *const issue[] = {"published", "first published", "posted"};
    static const char *const change[] = {"updated", "last updated", "modified"};
    const page_node *node = &g->tree->nodes.items[at];
    dsr_slice text = dsr_slice_trim(g->tree->texts.items[node->first].text);
    for (size_t i = 0; i < 3 && text.len <= LINE_BYTES; i++) {
        dsr_slice lead = dsr_slice_of(modified ? change[i] : issue[i]);
        if (dsr_slice_equal_nocase(dsr_slice_part(text, 0, lead.len), lead) &&
            !(modified ? tells_issue(text) : tells_change(text))) {
            return text;
        }
    }
    return DSR_SLICE_NONE;
}

/* The time of day of a day's line, where it is written in a way that stamps do not know. */
static dsr_status add_clock(page_gathered *g, dsr_slice text, dsr_moment *day)
{
    dsr_moment fuller = {0};
    dsr_status status = dsr_page_date(g->arena, text, &fuller);
    if (status == DSR_OK && dsr_slice_starts(fuller.iso, day->iso)) {
        *day = fuller;
    }
    return status == DSR_ERR_MEMORY ? status : DSR_OK;
}

/* The date in a line, by the page's language: the first stamp in it, whatever words lead it in. */
static dsr_status line_date(page_gathered *g, dsr_slice text, dsr_moment *out)
{
    char code[2] = {'e', 'n'};
    for (size_t i = 0; i < 2 && g->language.len >= 2; i++) {
        code[i] = (char)(g->language.ptr[i] | 0x20);
    }
    for (size_t at = 0; at < text.len; at++) {
        dsr_moment_parts parts = nothing;
        bool begins = at == 0 || text.ptr[at - 1] == ' ';
        size_t length = begins ? dsr_stamp_scan(g->lexicon, (dsr_slice){code, 2},
                                                dsr_slice_part(text, at, text.len), &parts)
                               : 0;
        if (length > 0 && parts.day > 0) {
            dsr_status status = from_parts(g->arena, &parts, out);
            return status == DSR_OK && parts.hour < 0 ? add_clock(g, text, out) : status;
        }
    }
    return dsr_page_date(g->arena, text, out);
}

/* Lines near the headline that are called a date or call themselves one. */
static dsr_status offer_lines(page_gathered *g, uint32_t heading, bool modified, dsr_moment *out,
                              dsr_slice *why)
{
    if (heading == UINT32_MAX || g->lexicon == NULL) {
        return DSR_OK;
    }
    uint32_t count = (uint32_t)g->tree->nodes.count;
    uint32_t from = heading > NEAR_BEFORE ? heading - NEAR_BEFORE : 1;
    uint32_t to = count - heading > NEAR_BEHIND ? heading + NEAR_BEHIND : count;
    dsr_status status = DSR_OK;
    for (uint32_t at = from; at < to && out->iso.ptr == NULL && status == DSR_OK; at++) {
        dsr_slice text = DSR_SLICE_NONE;
        bool line = false;
        if (g->tree->nodes.items[at].tag != PAGE_TAG_TEXT) {
            status = is_date_line(g, at, modified, &text, &line);
        } else if (!dsr_page_is_aside(g, g->tree->nodes.items[at].parent)) {
            text = said_line(g, at, modified);
            line = text.len > 0;
        }
        if (status == DSR_OK && line) {
            status = line_date(g, text, out);
            status = status == DSR_OK ? dsr_page_set_why(g, "date line", why) : status;
            status = status == DSR_ERR_MEMORY ? status : DSR_OK;
        }
    }
    return status;
}

static dsr_status offer_articles(page_gathered *g, bool modified, bool all, dsr_moment *out, dsr_slice *why)
{
    dsr_status status = DSR_OK;
    for (size_t i = 0; i < g->ld.articles.count && status == DSR_OK; i++) {
        const page_article *article = &g->ld.articles.items[i];
        /* What tells of the page as a whole may help where the article itself says nothing. */
        if (article == g->article || (all && article->rank == 1)) {
            status = offer(g, modified ? article->modified : article->published, "JSON-LD ",
                           modified ? "dateModified" : article->published_key, out, why);
        }
    }
    return status;
}

static dsr_status offer_all(page_gathered *g, uint32_t heading, bool modified, dsr_moment *out,
                            dsr_slice *why)
{
    dsr_status status = offer_articles(g, modified, false, out, why);
    if (status == DSR_OK) {
        status = offer_rules(g, modified ? PAGE_FACT_MODIFIED : PAGE_FACT_PUBLISHED, out, why);
    }
    if (status == DSR_OK) {
        status = offer_properties(g, modified ? "dateModified" : "datePublished", out, why);
    }
    if (status == DSR_OK) {
        status = offer_articles(g, modified, true, out, why);
    }
    if (status == DSR_OK) {
        status = offer_times(g, heading, modified, out, why);
    }
    return status == DSR_OK ? offer_lines(g, heading, modified, out, why) : status;
}

/* Whether `other` tells the same moment as `one` more fully: with the place's own zone, or with a time of day
 * where the other is a day. */
static bool is_fuller(const dsr_moment *one, const dsr_moment *other)
{
    enum { DAY = 10 };
    bool zoned = dsr_slice_find(other->iso, DSR_SLICE("T"), 0) != SIZE_MAX &&
                 (dsr_slice_ends(other->iso, DSR_SLICE("Z")) ||
                  (other->iso.len > 6 && other->iso.ptr[other->iso.len - 3] == ':' &&
                   strchr("+-", other->iso.ptr[other->iso.len - 6]) != NULL));
    if (!zoned) {
        return false;
    }
    if (dsr_slice_ends(one->iso, DSR_SLICE("Z"))) {
        return !dsr_slice_ends(other->iso, DSR_SLICE("Z")) && one->earliest == other->earliest;
    }
    return one->iso.len == DAY && dsr_slice_starts(other->iso, one->iso);
}

static dsr_status refine(page_gathered *g, dsr_moment *moment, dsr_slice *why)
{
    for (size_t i = 0; i < PAGE_RULES && moment->iso.len > 0; i++) {
        dsr_moment other = {0};
        if (dsr_page_rules[i].kind != PAGE_FACT_PUBLISHED || g->found[i].len == 0) {
            continue;
        }
        dsr_status status = dsr_page_date(g->arena, g->found[i], &other);
        if (status == DSR_ERR_MEMORY) {
            return status;
        }
        if (status == DSR_OK && is_fuller(moment, &other)) {
            *moment = other;
            return dsr_arena_format(g->arena, why, "meta %s", dsr_page_rules[i].name);
        }
    }
    return DSR_OK;
}

dsr_status dsr_page_dates_take(page_gathered *g, dsr_report *report, uint32_t heading)
{
    dsr_meta *meta = g->meta;
    dsr_status status = DSR_OK;
    if (meta->modified.iso.ptr == NULL) {
        status = offer_all(g, heading, true, &meta->modified, &meta->modified_why);
    }
    if (status != DSR_OK || meta->published.iso.ptr != NULL) {
        return status;
    }
    status = offer_all(g, heading, false, &meta->published, &meta->published_why);
    if (status != DSR_OK || meta->published.iso.ptr != NULL) {
        meta->published_from = DSR_FROM_METADATA;
        return status == DSR_OK ? refine(g, &meta->published, &meta->published_why) : status;
    }
    status = warn_unread(g, report);
    if (status != DSR_OK) {
        return status;
    }
    dsr_slice url = meta->canonical.len > 0 ? meta->canonical : report->source.url;
    status = dsr_page_url_date(g->arena, url, &meta->published);
    if (status == DSR_OK) {
        meta->published_from = DSR_FROM_INFERRED;
        return dsr_page_set_why(g, "the date in its address", &meta->published_why);
    }
    return status == DSR_ERR_MEMORY ? status : DSR_OK;
}
