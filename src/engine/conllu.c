/* The analysis of a report in the field's own format. */
#include "engine/internal.h"

#include "language/language.h"
#include "syntax/conllu.h"

static const char STAGE[] = "annotate";

/* A paragraph begins where an empty line stands before the sentence. */
static bool begins_paragraph(dsr_slice text, size_t from, size_t to)
{
    size_t ends = 0;
    for (size_t i = from; i < to; i++) {
        ends += text.ptr[i] == '\n';
    }
    return ends > 1;
}

static dsr_status write_sentences(dsr_engine *engine, dsr_arena *arena, const dsr_report *report,
                                  dsr_buffer *to)
{
    dsr_analysed_sentence *parsed = NULL;
    dsr_status status = dsr_analyst_parse(engine->analyst, engine->lexicon, arena, report, &parsed);
    dsr_conllu_place place = {report->text, 0, 0};
    size_t before = 0;
    for (size_t i = 0; status == DSR_OK && i < report->sentences.count; i++) {
        dsr_span span = report->sentences.items[i];
        if (i == 0 || begins_paragraph(report->text, before, span.start)) {
            dsr_buffer_append(to, DSR_SLICE("# newpar\n"));
        }
        dsr_buffer_append_format(to, "# sent_id = %zu\n", i + 1);
        dsr_conllu_write(to, &place, span, &parsed[i].tokens, &parsed[i].syntax);
        before = span.end;
        status = to->status;
    }
    return status;
}

dsr_status dsr_engine_write_conllu(dsr_engine *engine, const dsr_report *report, dsr_buffer *to,
                                   dsr_error *error)
{
    dsr_report whole = {.text = report->text, .meta = {.language = report->meta.language}};
    dsr_arena *arena = dsr_arena_new(0);
    dsr_status status = arena ? DSR_OK : DSR_ERR_MEMORY;
    if (status == DSR_OK) {
        status = dsr_language_find_sentences(arena, engine->lexicon, &whole);
    }
    dsr_buffer_append(to, DSR_SLICE("# newdoc id = "));
    dsr_buffer_append(to, report->source.path);
    dsr_buffer_append_char(to, '\n');
    if (status == DSR_OK) {
        status = write_sentences(engine, arena, &whole, to);
    }
    dsr_arena_drop(arena);
    return status == DSR_OK ? DSR_OK : dsr_fail_memory(error, STAGE);
}
