/* `dossier why`: what put a report into its story, and which story came second. */
#include "base/json.h"
#include "cli/commands.h"
#include "present/paint.h"

#include <stdio.h>

enum { ID_COLUMNS = 12, PART_COLUMNS = 10, SCORE_COLUMNS = 7, GAP = 2 };

static void write_id(dsr_json_out *json, const char *key, dsr_id id)
{
    char text[DSR_ID_TEXT];
    dsr_json_key(json, key);
    if (dsr_id_is_none(id)) {
        dsr_json_null(json);
        return;
    }
    dsr_id_format(id, text);
    dsr_json_string(json, dsr_slice_of(text));
}

/* Thousandths as a number with three digits behind the point. */
static void write_score(dsr_json_out *json, const char *key, int32_t thousandths)
{
    char text[24];
    unsigned size = thousandths < 0 ? 0u - (unsigned)thousandths : (unsigned)thousandths;
    snprintf(text, sizeof text, "%s%u.%03u", thousandths < 0 ? "-" : "", size / 1000, size % 1000);
    dsr_json_key(json, key);
    dsr_json_number(json, dsr_slice_of(text));
}

/* What a pair starts from that shares nothing. */
static int32_t base_of(const dsr_why_score *s)
{
    return s->score - s->words - s->title - s->lead - s->names - s->dates - s->tie;
}

static void write_story(dsr_json_out *json, const char *key, const dsr_why_score *score)
{
    dsr_json_key(json, key);
    if (dsr_id_is_none(score->story)) {
        dsr_json_null(json);
        return;
    }
    dsr_json_object(json);
    write_id(json, "story", score->story);
    dsr_json_key(json, "headline");
    dsr_json_string(json, score->headline);
    write_score(json, "score", score->score);
    write_score(json, "base", base_of(score));
    write_score(json, "words", score->words);
    write_score(json, "title", score->title);
    write_score(json, "lead", score->lead);
    write_score(json, "names", score->names);
    write_score(json, "dates", score->dates);
    write_score(json, "copied", score->tie);
    dsr_json_object_end(json);
}

static void write_shared(dsr_json_out *json, const dsr_why *why)
{
    dsr_json_key(json, "shared");
    dsr_json_array(json);
    for (size_t i = 0; i < why->shared.count; i++) {
        const dsr_why_shared *s = &why->shared.items[i];
        dsr_json_object(json);
        dsr_json_key(json, "text");
        dsr_json_string(json, s->text);
        dsr_json_key(json, "kind");
        dsr_json_string(json, s->is_name ? DSR_SLICE("name") : DSR_SLICE("word"));
        write_score(json, "score", s->weight);
        dsr_json_object_end(json);
    }
    dsr_json_array_end(json);
}

static void write_copies(dsr_json_out *json, const dsr_why *why)
{
    dsr_json_key(json, "copies");
    dsr_json_array(json);
    for (size_t i = 0; i < why->copies.count; i++) {
        const dsr_why_copy *c = &why->copies.items[i];
        dsr_json_object(json);
        write_id(json, "report", c->report);
        dsr_json_key(json, "headline");
        dsr_json_string(json, c->headline);
        dsr_json_key(json, "words");
        dsr_json_u64(json, c->words);
        dsr_json_key(json, "share_of_earlier");
        dsr_json_thousandths(json, c->share_of_earlier);
        dsr_json_key(json, "share_of_this");
        dsr_json_thousandths(json, c->share_of_this);
        dsr_json_object_end(json);
    }
    dsr_json_array_end(json);
}

static void write_json(dsr_buffer *to, const dsr_why *why)
{
    dsr_json_out json;
    dsr_json_open(&json, to);
    dsr_json_object(&json);
    dsr_json_key(&json, "schema");
    dsr_json_string(&json, DSR_SLICE("dossier.why/1"));
    write_id(&json, "report", why->report);
    write_id(&json, "story", why->story);
    dsr_json_key(&json, "opened");
    dsr_json_bool(&json, why->opened);
    dsr_json_key(&json, "copy");
    dsr_json_bool(&json, why->copy);
    dsr_json_key(&json, "moved");
    dsr_json_bool(&json, why->moved);
    dsr_json_key(&json, "mended");
    if (why->mended)
        dsr_json_u64(&json, why->mended);
    else
        dsr_json_null(&json);
    write_score(&json, "joins_from", why->joins_from);
    write_story(&json, "best", &why->best);
    write_story(&json, "second", &why->second);
    write_shared(&json, why);
    write_copies(&json, why);
    dsr_json_object_end(&json);
    dsr_buffer_append_char(to, '\n');
}

/* "-1.25", of thousandths */
static void format_score(int32_t thousandths, char out[16])
{
    unsigned size = thousandths < 0 ? 0u - (unsigned)thousandths : (unsigned)thousandths;
    size = (size + 5) / 10;
    snprintf(out, 16, "%s%u.%02u", thousandths < 0 && size ? "-" : "", size / 100, size % 100);
}

static void paint_part(dsr_paint *paint, const char *name, int32_t best, const int32_t *second)
{
    char text[16];
    if (!best && (!second || !*second))
        return;
    dsr_paint_tone(paint, DSR_TONE_QUIET);
    dsr_paint_cell(paint, dsr_slice_of(name), PART_COLUMNS, false);
    dsr_paint_tone(paint, DSR_TONE_PLAIN);
    format_score(best, text);
    dsr_paint_cell(paint, dsr_slice_of(text), SCORE_COLUMNS, true);
    if (second) {
        format_score(*second, text);
        dsr_paint_pad(paint, GAP);
        dsr_paint_cell(paint, dsr_slice_of(text), SCORE_COLUMNS, true);
    }
    dsr_paint_end(paint, (dsr_layout){GAP, GAP, 1});
}

static void paint_parts(dsr_paint *paint, const dsr_why *why)
{
    const dsr_why_score *a = &why->best, *b = &why->second;
    bool two = !dsr_id_is_none(b->story);
    int32_t base = base_of(b);
    paint_part(paint, "base", base_of(a), two ? &base : NULL);
    paint_part(paint, "words", a->words, two ? &b->words : NULL);
    paint_part(paint, "title", a->title, two ? &b->title : NULL);
    paint_part(paint, "lead", a->lead, two ? &b->lead : NULL);
    paint_part(paint, "names", a->names, two ? &b->names : NULL);
    paint_part(paint, "dates", a->dates, two ? &b->dates : NULL);
    paint_part(paint, "copied", a->tie, two ? &b->tie : NULL);
    paint_part(paint, "together", a->score, two ? &b->score : NULL);
}

static void paint_story(dsr_paint *paint, const char *what, dsr_id id, dsr_slice headline)
{
    char text[DSR_ID_TEXT];
    dsr_id_format(id, text);
    dsr_paint_toned(paint, DSR_TONE_QUIET, dsr_slice_of(what));
    dsr_paint_toned(paint, DSR_TONE_MARK, dsr_slice_part(dsr_slice_of(text), 0, ID_COLUMNS));
    dsr_paint_tone(paint, DSR_TONE_PLAIN);
    dsr_paint_pad(paint, GAP);
    dsr_paint_text(paint, headline);
    dsr_paint_end(paint, (dsr_layout){0, GAP, 2});
}

static const char *verdict(const dsr_why *why)
{
    if (dsr_id_is_none(why->best.story))
        return "It opened a story: none was near.";
    if (why->opened)
        return "It opened a story: the nearest one was not near enough.";
    if (why->copy)
        return "It joined the nearest story as a copy, which adds no voice to it.";
    return "It joined the nearest story.";
}

static void paint_verdict(dsr_paint *paint, const dsr_why *why)
{
    char text[16];
    format_score(why->joins_from, text);
    dsr_paint_text(paint, dsr_slice_of(verdict(why)));
    dsr_paint_print(paint, " A report joins from %s on.", text);
    if (dsr_id_is_none(why->story))
        dsr_paint_text(paint, DSR_SLICE(" Since then a newer version has taken its place."));
    else if (why->mended)
        dsr_paint_print(paint, " It stands where correction %u put it.", why->mended);
    else if (why->moved)
        dsr_paint_text(paint, DSR_SLICE(" What came later had it moved to where it stands now."));
    dsr_paint_end(paint, (dsr_layout){0, 0, 0});
}

static void paint_shared(dsr_paint *paint, const dsr_why *why)
{
    if (!why->shared.count)
        return;
    dsr_paint_heading(paint, "what they shared", NULL);
    for (size_t i = 0; i < why->shared.count; i++) {
        const dsr_why_shared *s = &why->shared.items[i];
        char text[16];
        format_score(s->weight, text);
        dsr_paint_cell(paint, dsr_slice_of(text), SCORE_COLUMNS, true);
        dsr_paint_pad(paint, GAP);
        dsr_paint_text(paint, s->text.len ? s->text : DSR_SLICE("\xe2\x80\x93"));
        if (s->is_name)
            dsr_paint_toned(paint, DSR_TONE_QUIET, DSR_SLICE("  name"));
        dsr_paint_end(paint, (dsr_layout){0, SCORE_COLUMNS + GAP, 1});
    }
}

static void paint_copies(dsr_paint *paint, const dsr_why *why)
{
    if (!why->copies.count)
        return;
    dsr_paint_heading(paint, "earlier reports with the same text", NULL);
    for (size_t i = 0; i < why->copies.count; i++) {
        const dsr_why_copy *c = &why->copies.items[i];
        char id[DSR_ID_TEXT];
        dsr_id_format(c->report, id);
        dsr_paint_toned(paint, DSR_TONE_MARK, dsr_slice_part(dsr_slice_of(id), 0, ID_COLUMNS));
        dsr_paint_tone(paint, DSR_TONE_PLAIN);
        dsr_paint_pad(paint, GAP);
        dsr_paint_text(paint, c->headline);
        dsr_paint_tail(paint, "%u words, %u %% of this, %u %% of that", c->words, c->share_of_this / 10,
                       c->share_of_earlier / 10);
        dsr_paint_end(paint, (dsr_layout){0, ID_COLUMNS + GAP, 2});
    }
}

static dsr_status paint_why(dsr_session *session, const dsr_why *why)
{
    dsr_paint paint;
    dsr_paint_open(&paint, &session->out, session->look);
    if (session->records > 0)
        dsr_paint_blank_line(&paint);
    paint_story(&paint, "report ", why->report, why->headline);
    if (!dsr_id_is_none(why->story))
        paint_story(&paint, "stands in ", why->story, why->story_headline);
    paint_verdict(&paint, why);
    if (!dsr_id_is_none(why->best.story)) {
        dsr_paint_blank_line(&paint);
        paint_story(&paint, "nearest ", why->best.story, why->best.headline);
        if (!dsr_id_is_none(why->second.story))
            paint_story(&paint, "second ", why->second.story, why->second.headline);
        paint_parts(&paint, why);
        paint_shared(&paint, why);
    }
    paint_copies(&paint, why);
    return dsr_paint_close(&paint) == DSR_OK ? DSR_OK : dsr_fail_memory(&session->error, "present");
}

dsr_status dsr_run_why(dsr_session *session)
{
    dsr_status status = dsr_session_open_engine(session, DSR_PLACE_READ);
    for (unsigned i = 0; i < session->settings->operand_count && status == DSR_OK; i++) {
        dsr_why why;
        status = dsr_engine_why(session->engine, dsr_slice_of(session->settings->operands[i]),
                                session->record, &why, &session->error);
        if (status == DSR_ERR_NOT_FOUND || status == DSR_ERR_ARGUMENT) {
            dsr_session_name_operand(session, session->settings->operands[i]);
            dsr_session_say_error(session);
            dsr_error_clear(&session->error);
            status = DSR_OK;
            continue;
        }
        if (status == DSR_OK && session->settings->json)
            write_json(&session->out, &why);
        else if (status == DSR_OK)
            status = paint_why(session, &why);
        if (status == DSR_OK)
            status = dsr_session_end_record(session);
    }
    return status;
}
