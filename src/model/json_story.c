/* "dossier.story/1" and "dossier.copies/1": a story, and a pair of reports that share copied text, as the
 * contract names them. Positions are in code points of the report that they point into. Must not know who
 * asks. */
#include "model/json_parts.h"

/* A report and the index of its text, built once for all spans that point into it. */
typedef struct side {
    const dsr_report *report;
    dsr_code_points points;
} side;

static dsr_status open_side(dsr_arena *arena, const dsr_report *report, side *out)
{
    out->report = report;
    return dsr_code_points_build(arena, report->text, &out->points);
}

static dsr_slice text_at(const side *of, dsr_span span)
{
    dsr_slice part = dsr_slice_part(of->report->text, span.start, span.end);
    return part.ptr != NULL ? part : DSR_SLICE("");
}

static void write_edit(dsr_json_out *json, const dsr_edit *edit, const side *from, const side *to)
{
    dsr_json_object(json);
    put_slice(json, "from", text_at(from, edit->from));
    put_slice(json, "to", text_at(to, edit->to));
    put_span(json, "from_start", "from_end", &from->points, edit->from);
    put_span(json, "to_start", "to_end", &to->points, edit->to);
    put_word(json, "kind", dsr_edit_kind_name(edit->kind));
    dsr_json_object_end(json);
}

static void write_passage(dsr_json_out *json, const dsr_passage *passage, const side *from, const side *to)
{
    dsr_json_object(json);
    put_span(json, "from_start", "from_end", &from->points, passage->from);
    put_span(json, "to_start", "to_end", &to->points, passage->to);
    dsr_json_key(json, "edits");
    dsr_json_array(json);
    for (size_t i = 0; i < passage->edits.count; i++) {
        write_edit(json, &passage->edits.items[i], from, to);
    }
    dsr_json_array_end(json);
    put_number(json, "words", passage->words);
    put_number(json, "words_quoted", passage->words_quoted);
    dsr_json_object_end(json);
}

/* The fields of `reuse` behind its two ends: the same in a story and in a line of `copies`. */
static void write_reuse_fields(dsr_json_out *json, const dsr_reuse *reuse, const side *from, const side *to)
{
    put_word(json, "direction", dsr_direction_name(reuse->direction));
    put_slice(json, "wire", reuse->wire);
    put_slice(json, "why", reuse->why);
    put_number(json, "words", reuse->words);
    put_number(json, "words_quoted", reuse->words_quoted);
    dsr_json_key(json, "share_of_from");
    dsr_json_thousandths(json, dsr_reuse_share_of_from(reuse));
    dsr_json_key(json, "share_of_to");
    dsr_json_thousandths(json, dsr_reuse_share_of_to(reuse));
    dsr_json_key(json, "passages");
    dsr_json_array(json);
    for (size_t i = 0; i < reuse->passages.count; i++) {
        write_passage(json, &reuse->passages.items[i], from, to);
    }
    dsr_json_array_end(json);
}

static void write_story_report(dsr_json_out *json, const dsr_story_report *item)
{
    const dsr_report *report = item->report;
    const dsr_meta *meta = &report->meta;
    dsr_json_object(json);
    put_id(json, "id", report->id);
    put_slice(json, "handle", item->handle);
    put_slice(json, "path", report->source.path);
    put_slice(json, "record", report->source.record);
    put_slice(json, "outlet", meta->outlet);
    put_word(json, "outlet_from", dsr_origin_name(meta->outlet_from));
    put_slices(json, "agencies", &meta->agencies);
    put_word(json, "agencies_from", dsr_origin_name(meta->agencies_from));
    put_published(json, &meta->published);
    put_word(json, "published_from", dsr_origin_name(meta->published_from));
    dsr_json_key(json, "share_copied");
    dsr_json_thousandths(json, item->share_copied);
    put_number(json, "words", item->words);
    dsr_json_object_end(json);
}

static void write_story_head(dsr_json_out *json, const dsr_story *story)
{
    put_word(json, "schema", "dossier.story/1");
    put_id(json, "id", story->id);
    put_slice(json, "headline", story->headline);
    put_utc(json, "first_published", story->has_published, story->first_published);
    put_utc(json, "last_published", story->has_published, story->last_published);
    if (story->headline_from < story->reports.count) {
        put_id(json, "headline_from", story->reports.items[story->headline_from].report->id);
    } else {
        put_slice(json, "headline_from", DSR_SLICE_NONE);
    }
    put_slice(json, "as_of", story->as_of.iso);
    dsr_json_key(json, "headline_is_sentence");
    dsr_json_bool(json, story->headline_is_sentence);
}

static void write_story_reuse(dsr_json_out *json, const dsr_story *story, const side *sides)
{
    dsr_json_key(json, "reuse");
    dsr_json_array(json);
    for (size_t i = 0; i < story->reuse.count; i++) {
        const dsr_reuse *reuse = &story->reuse.items[i];
        if (reuse->from >= story->reports.count || reuse->to >= story->reports.count) {
            continue; /* points to no report: nothing can be said of it */
        }
        const side *from = &sides[reuse->from];
        const side *to = &sides[reuse->to];
        dsr_json_object(json);
        put_id(json, "from", from->report->id);
        put_id(json, "to", to->report->id);
        write_reuse_fields(json, reuse, from, to);
        dsr_json_object_end(json);
    }
    dsr_json_array_end(json);
}

static void write_report_id(dsr_json_out *json, const dsr_story *story, uint32_t report)
{
    char id[DSR_ID_TEXT];
    dsr_id_format(story->reports.items[report].report->id, id);
    dsr_json_string(json, dsr_slice_of(id));
}

static void write_cast_members(dsr_json_out *json, const dsr_cast_entry *entry)
{
    dsr_json_key(json, "members");
    dsr_json_array(json);
    for (size_t i = 0; i < entry->members.count; i++) {
        dsr_json_string(json, entry->members.items[i].entity);
    }
    dsr_json_array_end(json);
    dsr_json_key(json, "merges");
    dsr_json_array(json);
    for (size_t i = 0; i < entry->members.count; i++) {
        if (entry->members.items[i].why.ptr != NULL) {
            dsr_json_object(json);
            put_slice(json, "entity", entry->members.items[i].entity);
            put_slice(json, "why", entry->members.items[i].why);
            dsr_json_object_end(json);
        }
    }
    dsr_json_array_end(json);
}

static void write_cast_roles(dsr_json_out *json, const dsr_story *story, const side *sides,
                             const dsr_cast_entry *entry)
{
    dsr_json_key(json, "roles");
    dsr_json_array(json);
    for (size_t i = 0; i < entry->roles.count; i++) {
        const dsr_cast_role *role = &entry->roles.items[i];
        dsr_json_object(json);
        put_slice(json, "text", role->text);
        dsr_json_key(json, "report");
        write_report_id(json, story, role->report);
        put_span(json, "start", "end", &sides[role->report].points, role->span);
        dsr_json_object_end(json);
    }
    dsr_json_array_end(json);
}

static void write_cast_variants(dsr_json_out *json, const dsr_story *story, const dsr_cast_entry *entry)
{
    dsr_json_key(json, "variants");
    dsr_json_array(json);
    for (size_t i = 0; i < entry->variants.count; i++) {
        const dsr_cast_variant *variant = &entry->variants.items[i];
        dsr_json_object(json);
        put_slice(json, "text", variant->text);
        dsr_json_key(json, "reports");
        dsr_json_array(json);
        for (size_t j = 0; j < variant->reports.count; j++) {
            write_report_id(json, story, variant->reports.items[j]);
        }
        dsr_json_array_end(json);
        dsr_json_object_end(json);
    }
    dsr_json_array_end(json);
}

static void write_cast(dsr_json_out *json, const dsr_story *story, const side *sides)
{
    dsr_json_key(json, "cast");
    dsr_json_array(json);
    for (size_t i = 0; i < story->cast.count; i++) {
        const dsr_cast_entry *entry = &story->cast.items[i];
        dsr_json_object(json);
        put_slice(json, "entity", entry->entity);
        put_slice(json, "canonical", entry->canonical);
        put_word(json, "type", dsr_name_type_name(entry->type));
        write_cast_members(json, entry);
        write_cast_roles(json, story, sides, entry);
        write_cast_variants(json, story, entry);
        put_number(json, "mentions", entry->mentions);
        put_number(json, "reports", entry->reports);
        dsr_json_object_end(json);
    }
    dsr_json_array_end(json);
}

static void write_carrier(dsr_json_out *json, const dsr_story *story, const side *sides,
                          const dsr_carrier *carrier, dsr_span span)
{
    const dsr_code_points *points = &sides[carrier->report].points;
    dsr_json_key(json, "report");
    write_report_id(json, story, carrier->report);
    put_span(json, "start", "end", points, span);
    put_span(json, "clause_start", "clause_end", points, carrier->clause);
    put_number(json, "voice", carrier->voice);
}

static void write_figure(dsr_json_out *json, const dsr_story *story, const side *sides,
                         const dsr_story_figure *group)
{
    const dsr_figure_value *named = &group->values.items[group->thing_from];
    const dsr_report *namer = story->reports.items[named->carrier.report].report;
    dsr_span thing = namer->figures.items[named->figure].thing;
    dsr_json_object(json);
    put_slice(json, "thing", text_at(&sides[named->carrier.report], thing));
    dsr_json_key(json, "values");
    dsr_json_array(json);
    for (size_t i = 0; i < group->values.count; i++) {
        const dsr_figure_value *value = &group->values.items[i];
        const dsr_figure *figure =
            &story->reports.items[value->carrier.report].report->figures.items[value->figure];
        dsr_json_object(json);
        write_carrier(json, story, sides, &value->carrier, value->carrier.at);
        put_decimal(json, "value", figure->has_value, figure->value);
        put_decimal(json, "low", figure->has_low, figure->low);
        put_decimal(json, "high", figure->has_high, figure->high);
        put_word(json, "approx", dsr_approx_name(figure->approx));
        put_slice(json, "unit", figure->unit);
        dsr_json_object_end(json);
    }
    dsr_json_array_end(json);
    dsr_json_key(json, "agree");
    dsr_json_bool(json, group->agree);
    dsr_json_key(json, "differ");
    dsr_json_bool(json, group->differ);
    put_word(json, "why", group->why);
    put_number(json, "reports", group->reports);
    put_number(json, "independent", group->independent);
    dsr_json_object_end(json);
}

static void write_figures(dsr_json_out *json, const dsr_story *story, const side *sides)
{
    dsr_json_key(json, "figures");
    dsr_json_array(json);
    for (size_t i = 0; i < story->figures.count; i++) {
        write_figure(json, story, sides, &story->figures.items[i]);
    }
    dsr_json_array_end(json);
}

static void put_statement_id(dsr_json_out *json, const dsr_story *story, uint32_t statement)
{
    if (statement < story->statements.count) {
        put_id(json, "statement", story->statements.items[statement].id);
    } else {
        put_slice(json, "statement", DSR_SLICE_NONE);
    }
}

static void write_entry(dsr_json_out *json, const dsr_story *story, const side *sides,
                        const dsr_timeline_entry *entry)
{
    const dsr_carrier *shown = &entry->carriers.items[entry->shown];
    dsr_json_object(json);
    put_day(json, "earliest", entry->earliest);
    put_day(json, "latest", entry->latest);
    put_slice(json, "what", text_at(&sides[shown->report], shown->clause));
    put_statement_id(json, story, entry->statement);
    put_number(json, "reports", entry->reports);
    put_number(json, "independent", entry->independent);
    put_word(json, "realis", dsr_realis_name(entry->realis));
    dsr_json_key(json, "carriers");
    dsr_json_array(json);
    for (size_t i = 0; i < entry->carriers.count; i++) {
        dsr_json_object(json);
        const dsr_carrier *carrier = &entry->carriers.items[i];
        write_carrier(json, story, sides, carrier, carrier->sentence);
        put_span(json, "time_start", "time_end", &sides[carrier->report].points, carrier->at);
        dsr_json_object_end(json);
    }
    dsr_json_array_end(json);
    dsr_json_object_end(json);
}

static void write_timeline(dsr_json_out *json, const dsr_story *story, const side *sides)
{
    dsr_json_key(json, "timeline");
    dsr_json_array(json);
    for (size_t i = 0; i < story->timeline.count; i++) {
        write_entry(json, story, sides, &story->timeline.items[i]);
    }
    dsr_json_array_end(json);
}

/* ---- statements and disagreements ---- */

/* The reports of each voice, voice by voice; carriers stand by report. */
static void write_groups(dsr_json_out *json, const dsr_story *story, const dsr_statement *statement)
{
    dsr_json_key(json, "groups");
    dsr_json_array(json);
    for (uint32_t voice = 0; voice < statement->independent; voice++) {
        uint32_t last = DSR_NO_REPORT;
        dsr_json_array(json);
        for (size_t i = 0; i < statement->carriers.count; i++) {
            const dsr_carrier *carrier = &statement->carriers.items[i].carrier;
            if (carrier->voice == voice && carrier->report != last) {
                write_report_id(json, story, carrier->report);
                last = carrier->report;
            }
        }
        dsr_json_array_end(json);
    }
    dsr_json_array_end(json);
}

static void write_origins(dsr_json_out *json, const dsr_statement *statement)
{
    dsr_json_key(json, "origins");
    dsr_json_array(json);
    for (size_t i = 0; i < statement->origins.count; i++) {
        dsr_json_object(json);
        put_word(json, "kind", dsr_lean_kind_name(statement->origins.items[i].kind));
        put_slice(json, "who", statement->origins.items[i].who);
        dsr_json_object_end(json);
    }
    dsr_json_array_end(json);
}

static void write_statement_carriers(dsr_json_out *json, const dsr_story *story, const side *sides,
                                     const dsr_statement *statement)
{
    dsr_json_key(json, "carriers");
    dsr_json_array(json);
    for (size_t i = 0; i < statement->carriers.count; i++) {
        const dsr_statement_carrier *c = &statement->carriers.items[i];
        dsr_json_object(json);
        write_carrier(json, story, sides, &c->carrier, c->carrier.sentence);
        put_slice(json, "attributed_to", c->attributed_to);
        dsr_json_object_end(json);
    }
    dsr_json_array_end(json);
}

/* A day, "2031-03-05", or the first and last one of a longer time: "2031-03-01/2031-03-31". */
static void put_date(dsr_json_out *json, int32_t earliest, int32_t latest)
{
    char text[24];
    dsr_json_key(json, "date");
    if (earliest == DSR_NO_DAY) {
        dsr_json_null(json);
        return;
    }
    dsr_moment_format_utc(earliest * INT64_C(86400), text);
    size_t length = 10;
    if (latest - earliest > 1) {
        char last[24];
        dsr_moment_format_utc((latest - 1) * INT64_C(86400), last);
        text[length++] = '/';
        for (size_t i = 0; i < 10; i++) {
            text[length++] = last[i];
        }
    }
    dsr_json_string(json, (dsr_slice){text, length});
}

static void write_statement(dsr_json_out *json, const dsr_story *story, const side *sides,
                            const dsr_statement *statement)
{
    const dsr_carrier *shown = &statement->carriers.items[statement->shown].carrier;
    dsr_json_object(json);
    put_id(json, "id", statement->id);
    put_slice(json, "text", text_at(&sides[shown->report], shown->clause));
    dsr_json_key(json, "text_from");
    write_report_id(json, story, shown->report);
    put_word(json, "kind", dsr_statement_kind_name(statement->kind));
    write_statement_carriers(json, story, sides, statement);
    put_number(json, "reports", statement->reports);
    put_number(json, "independent", statement->independent);
    write_groups(json, story, statement);
    write_origins(json, statement);
    if (statement->first < story->reports.count) {
        dsr_json_key(json, "first");
        write_report_id(json, story, statement->first);
    } else {
        put_slice(json, "first", DSR_SLICE_NONE);
    }
    put_date(json, statement->earliest, statement->latest);
    put_slice(json, "place", statement->place);
    dsr_json_object_end(json);
}

static void write_statements(dsr_json_out *json, const dsr_story *story, const side *sides)
{
    dsr_json_key(json, "statements");
    dsr_json_array(json);
    for (size_t i = 0; i < story->statements.count; i++) {
        write_statement(json, story, sides, &story->statements.items[i]);
    }
    dsr_json_array_end(json);
}

static void write_disagreement(dsr_json_out *json, const dsr_story *story, const side *sides,
                               const dsr_disagreement *disagreement)
{
    dsr_json_object(json);
    put_word(json, "kind", dsr_disagreement_kind_name(disagreement->kind));
    put_slice(json, "what", disagreement->what.ptr != NULL ? disagreement->what : DSR_SLICE(""));
    dsr_json_key(json, "sides");
    dsr_json_array(json);
    for (size_t i = 0; i < disagreement->sides.count; i++) {
        const dsr_disagreement_side *s = &disagreement->sides.items[i];
        const side *own = &sides[s->carrier.report];
        dsr_json_object(json);
        dsr_json_key(json, "report");
        write_report_id(json, story, s->carrier.report);
        put_span(json, "start", "end", &own->points, s->carrier.at);
        put_slice(json, "text", text_at(own, s->carrier.at));
        put_span(json, "clause_start", "clause_end", &own->points, s->carrier.clause);
        put_slice(json, "value", s->value);
        put_slice(json, "party", s->party);
        dsr_json_object_end(json);
    }
    dsr_json_array_end(json);
    dsr_json_key(json, "compatible");
    dsr_json_bool(json, disagreement->compatible);
    put_word(json, "why", disagreement->why);
    dsr_json_object_end(json);
}

static void write_disagreements(dsr_json_out *json, const dsr_story *story, const side *sides)
{
    dsr_json_key(json, "disagreements");
    dsr_json_array(json);
    for (size_t i = 0; i < story->disagreements.count; i++) {
        write_disagreement(json, story, sides, &story->disagreements.items[i]);
    }
    dsr_json_array_end(json);
}

/* ---- quotations ---- */

static void write_spans(dsr_json_out *json, const char *key, const side *of, const dsr_spans *spans)
{
    dsr_json_key(json, key);
    dsr_json_array(json);
    for (size_t i = 0; i < spans->count; i++) {
        dsr_json_object(json);
        put_span(json, "start", "end", &of->points, spans->items[i]);
        put_slice(json, "text", text_at(of, spans->items[i]));
        dsr_json_object_end(json);
    }
    dsr_json_array_end(json);
}

static void put_confidence(dsr_json_out *json, uint16_t confidence)
{
    dsr_json_key(json, "confidence");
    if (confidence > 0) {
        dsr_json_thousandths(json, confidence);
    } else {
        dsr_json_null(json);
    }
}

static void write_quote_variant(dsr_json_out *json, const dsr_story *story, const side *sides,
                                const dsr_story_quote *quote, const dsr_quote_variant *variant)
{
    const side *own = &sides[variant->report];
    dsr_json_object(json);
    dsr_json_key(json, "report");
    write_report_id(json, story, variant->report);
    put_span(json, "start", "end", &own->points, variant->span);
    put_slice(json, "text", text_at(own, variant->span));
    put_word(json, "kind", dsr_variant_kind_name(variant->kind));
    write_spans(json, "parts", own, &variant->parts);
    write_spans(json, "left_out", &sides[quote->variants.items[0].report], &variant->left_out);
    write_spans(json, "added", own, &variant->added);
    put_slice(json, "speaker", variant->speaker);
    dsr_json_key(json, "otherwise");
    dsr_json_bool(json, variant->otherwise);
    put_confidence(json, variant->confidence);
    put_word(json, "how", variant->taken_over ? "story" : dsr_said_how_name(variant->how));
    dsr_json_object_end(json);
}

static void write_story_quote(dsr_json_out *json, const dsr_story *story, const side *sides,
                              const dsr_story_quote *quote)
{
    dsr_json_object(json);
    put_slice(json, "speaker", quote->speaker_name);
    put_slice(json, "speaker_entity", quote->speaker_entity);
    put_confidence(json, quote->confidence);
    put_slice(json, "why", quote->why);
    put_word(json, "kind", dsr_quote_kind_name(quote->kind));
    put_slice(json, "text", quote->text);
    put_slice(json, "said_on", quote->said_on);
    put_word(json, "medium", dsr_medium_name(quote->medium));
    put_slice(json, "audience", quote->audience);
    put_number(json, "words", quote->words);
    put_number(json, "reports", quote->reports);
    dsr_json_key(json, "variants");
    dsr_json_array(json);
    for (size_t i = 0; i < quote->variants.count; i++) {
        write_quote_variant(json, story, sides, quote, &quote->variants.items[i]);
    }
    dsr_json_array_end(json);
    dsr_json_object_end(json);
}

static void write_story_quotes(dsr_json_out *json, const dsr_story *story, const side *sides)
{
    dsr_json_key(json, "quotes");
    dsr_json_array(json);
    for (size_t i = 0; i < story->quotes.count; i++) {
        write_story_quote(json, story, sides, &story->quotes.items[i]);
    }
    dsr_json_array_end(json);
}

/* The sides of all reports; NULL without memory. */
static side *open_sides(dsr_arena *arena, const dsr_story *story)
{
    side *sides = dsr_arena_alloc_array(arena, story->reports.count, sizeof *sides);
    for (size_t i = 0; sides != NULL && i < story->reports.count; i++) {
        if (open_side(arena, story->reports.items[i].report, &sides[i]) != DSR_OK) {
            return NULL;
        }
    }
    return sides;
}

void dsr_story_write_json(dsr_arena *arena, dsr_buffer *to, const dsr_story *story)
{
    static const char *const not_yet[] = {"positions", NULL};
    side *sides = open_sides(arena, story);
    if (!note_failure(to, sides != NULL ? DSR_OK : DSR_ERR_MEMORY)) {
        return;
    }
    dsr_json_out json;
    dsr_json_open(&json, to);
    dsr_json_object(&json);
    write_story_head(&json, story);
    dsr_json_key(&json, "reports");
    dsr_json_array(&json);
    for (size_t i = 0; i < story->reports.count; i++) {
        write_story_report(&json, &story->reports.items[i]);
    }
    dsr_json_array_end(&json);
    write_story_reuse(&json, story, sides);
    write_statements(&json, story, sides);
    write_disagreements(&json, story, sides);
    write_story_quotes(&json, story, sides);
    write_figures(&json, story, sides);
    write_cast(&json, story, sides);
    write_timeline(&json, story, sides);
    put_empty_arrays(&json, not_yet);
    dsr_json_object_end(&json);
}

void dsr_cast_write_json(dsr_arena *arena, dsr_buffer *to, const dsr_story *story)
{
    side *sides = open_sides(arena, story);
    if (!note_failure(to, sides != NULL ? DSR_OK : DSR_ERR_MEMORY)) {
        return;
    }
    dsr_json_out json;
    dsr_json_open(&json, to);
    dsr_json_object(&json);
    put_word(&json, "schema", "dossier.cast/1");
    put_id(&json, "story", story->id);
    put_slice(&json, "headline", story->headline);
    write_cast(&json, story, sides);
    dsr_json_object_end(&json);
}

void dsr_reuse_write_json(dsr_arena *arena, dsr_buffer *to, const dsr_reuse *reuse, const dsr_report *from,
                          const dsr_report *to_report)
{
    side sides[2];
    dsr_status status = open_side(arena, from, &sides[0]);
    if (status == DSR_OK) {
        status = open_side(arena, to_report, &sides[1]);
    }
    if (!note_failure(to, status)) {
        return;
    }
    dsr_json_out json;
    dsr_json_open(&json, to);
    dsr_json_object(&json);
    put_word(&json, "schema", "dossier.copies/1");
    put_id(&json, "from", from->id);
    put_id(&json, "to", to_report->id);
    put_slice(&json, "from_record", from->source.record);
    put_slice(&json, "to_record", to_report->source.record);
    put_slice(&json, "from_path", from->source.path);
    put_slice(&json, "to_path", to_report->source.path);
    write_reuse_fields(&json, reuse, &sides[0], &sides[1]);
    dsr_json_object_end(&json);
}
