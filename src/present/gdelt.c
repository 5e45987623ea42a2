/* GDELT's columns (event codebooks 1.03 and 2.0). What Dossier does not measure stays empty: tone,
 * coordinates. Goldstein's scale is given by root code. */
#include "present/gdelt.h"

#include "base/hash.h"
#include "base/utf8.h"

#include <stdio.h>

enum { DAY_SECONDS = 86400, GEO_1 = 7, GEO_2 = 8, ACTOR_REST = 4, ROOTS = 21 };

/* Tenths. */
static const int16_t goldstein[ROOTS] = {0,   0,   30,  40,  10,  35,  60,  70,  50,   -20, -50,
                                         -20, -40, -60, -65, -72, -40, -70, -90, -100, -100};

static void append_field(dsr_buffer *to, dsr_slice value)
{
    for (size_t i = 0; i < value.len; i++) {
        bool part = value.ptr[i] == '\t' || value.ptr[i] == '\n' || value.ptr[i] == '\r';
        dsr_buffer_append_char(to, part ? ' ' : value.ptr[i]);
    }
    dsr_buffer_append_char(to, '\t');
}

/* GDELT writes names in capitals. */
static void append_name(dsr_buffer *to, dsr_slice value)
{
    for (size_t i = 0; i < value.len; i++) {
        char c = value.ptr[i] >= ' ' || value.ptr[i] < 0 ? value.ptr[i] : ' ';
        dsr_buffer_append_char(to, c >= 'a' && c <= 'z' ? (char)(c - 'a' + 'A') : c);
    }
    dsr_buffer_append_char(to, '\t');
}

static void append_empty(dsr_buffer *to, unsigned fields)
{
    dsr_buffer_append_fill(to, '\t', fields);
}

static bool has_country(const dsr_report *report, const dsr_actor *actor)
{
    uint32_t side = actor->side < report->entities.count ? actor->side : actor->entity;
    return side < report->entities.count && report->entities.items[side].type == DSR_NAME_GPE &&
           actor->code.len >= 3;
}

/* Code, name, country, known group, ethnic, two religions, three types. */
static void append_actor(dsr_buffer *to, const dsr_report *report, const dsr_actor *actor)
{
    if (actor == NULL) {
        append_empty(to, 10);
        return;
    }
    size_t country = has_country(report, actor) ? 3 : 0;
    append_field(to, actor->code);
    append_name(to, dsr_report_actor_name(report, actor));
    append_field(to, dsr_slice_part(actor->code, 0, country));
    append_empty(to, ACTOR_REST);
    for (unsigned i = 0; i < 3; i++) {
        append_field(to, dsr_slice_part(actor->code, country + 3 * (size_t)i, country + 3 * (size_t)i + 3));
    }
}

static void append_number_id(dsr_buffer *to, const dsr_report *report, const dsr_event *event, size_t pair)
{
    char text[DSR_ID_TEXT + 64];
    char id[DSR_ID_TEXT];
    dsr_id_format(report->id, id);
    int length = snprintf(text, sizeof text, "%s %u %s %zu", id, event->action.start,
                          dsr_event_type_name(event->type), pair);
    uint64_t hash = dsr_hash64((dsr_slice){text, length > 0 ? (size_t)length : 0}, 0);
    dsr_buffer_append_format(to, "%llu\t", (unsigned long long)(hash >> 12));
}

/* The day of the event, else of the report: day, month, year, and year with its fraction. */
static void append_dates(dsr_buffer *to, const dsr_report *report, const dsr_event *event)
{
    const dsr_time *when = dsr_report_time_at(report, event->when);
    bool told = when != NULL && when->earliest != DSR_NO_DAY;
    char iso[24];
    if (!told && report->meta.published.iso.len == 0) {
        append_empty(to, 4);
        return;
    }
    if (told) {
        dsr_moment_format_utc(when->earliest * (int64_t)DAY_SECONDS, iso);
    } else {
        (void)snprintf(iso, sizeof iso, "%.10s",
                       report->meta.published.iso.ptr); /* the day where it appeared */
    }
    int year = 0, month = 0, day = 0;
    if (sscanf(iso, "%d-%d-%d", &year, &month, &day) != 3) {
        append_empty(to, 4);
        return;
    }
    int fraction = (month * 30 + day) * 10000 / 365;
    dsr_buffer_append_format(to, "%04d%02d%02d\t%04d%02d\t%04d\t%d.%04d\t", year, month, day, year, month,
                             year, year + fraction / 10000, fraction % 10000);
}

static unsigned quad_of(unsigned root)
{
    return root <= 5 ? 1 : root <= 8 ? 2 : root <= 13 ? 3 : 4;
}

static void append_action(dsr_buffer *to, const dsr_event *event, unsigned root)
{
    int tenths = goldstein[root];
    append_field(to, event->cameo);
    append_field(to, dsr_slice_part(event->cameo, 0, 3));
    dsr_buffer_append_format(to, "%02u\t%u\t%s%d.%d\t1\t1\t1\t\t", root, quad_of(root), tenths < 0 ? "-" : "",
                             (tenths < 0 ? -tenths : tenths) / 10, (tenths < 0 ? -tenths : tenths) % 10);
}

/* When it appeared: "20250610", in version 2 with the time of day, zeros where that is not told. */
static void append_added(dsr_buffer *to, const dsr_report *report, dsr_gdelt_version version)
{
    enum { DAY_DIGITS = 8, MOMENT_DIGITS = 14, DAY_CHARACTERS = 10, MOMENT_CHARACTERS = 19 };
    dsr_slice iso = report->meta.published.iso;
    size_t most = version == DSR_GDELT_1 ? DAY_DIGITS : MOMENT_DIGITS, digits = 0;
    size_t end = version == DSR_GDELT_1 ? DAY_CHARACTERS : MOMENT_CHARACTERS;
    for (size_t i = 0; i < iso.len && i < end && digits < most; i++) {
        if (iso.ptr[i] >= '0' && iso.ptr[i] <= '9') {
            dsr_buffer_append_char(to, iso.ptr[i]);
            digits++;
        }
    }
    dsr_buffer_append_fill(to, '0', digits >= DAY_DIGITS ? most - digits : 0);
}

static void append_end(dsr_buffer *to, const dsr_report *report, const dsr_event *event,
                       dsr_gdelt_version version)
{
    unsigned geo = version == DSR_GDELT_1 ? GEO_1 : GEO_2;
    dsr_slice place = dsr_slice_part(report->text, event->where.start, event->where.end);
    append_empty(to, 2 * geo);
    append_field(to, place.len > 0 ? DSR_SLICE("4") : DSR_SLICE("0"));
    append_field(to, place);
    append_empty(to, geo - 2);
    if (report->meta.published.iso.len > 0) {
        append_added(to, report, version);
    }
    dsr_buffer_append_char(to, '\t');
    append_field(to, report->source.url.len > 0 ? report->source.url : report->source.path);
    if (to->status == DSR_OK) {
        to->data[to->len - 1] = '\n';
    }
}

static void append_pair(dsr_buffer *to, const dsr_report *report, const dsr_event *event, size_t pair,
                        dsr_gdelt_version version)
{
    size_t targets = event->targets.count > 0 ? event->targets.count : 1;
    size_t source = pair / targets, target = pair % targets;
    unsigned root = (unsigned)(event->cameo.ptr[0] - '0') * 10 + (unsigned)(event->cameo.ptr[1] - '0');
    append_number_id(to, report, event, pair);
    append_dates(to, report, event);
    append_actor(to, report, source < event->sources.count ? &event->sources.items[source] : NULL);
    append_actor(to, report, target < event->targets.count ? &event->targets.items[target] : NULL);
    dsr_buffer_append(to, DSR_SLICE("1\t"));
    append_action(to, event, root < ROOTS ? root : 0);
    append_end(to, report, event, version);
}

void dsr_gdelt_append(dsr_buffer *to, const dsr_report *report, dsr_gdelt_version version)
{
    for (size_t i = 0; i < report->events.count; i++) {
        const dsr_event *event = &report->events.items[i];
        bool real = event->realis <= DSR_REALIS_FUTURE;
        size_t sources = event->sources.count > 0 ? event->sources.count : 1;
        size_t targets = event->targets.count > 0 ? event->targets.count : 1;
        for (size_t pair = 0; real && event->cameo.len >= 2 && pair < sources * targets; pair++) {
            append_pair(to, report, event, pair, version);
        }
    }
}
