/* Every number of a report as JSON, whether it is a figure or not. */
#include "engine/internal.h"

#include "annotate/figures.h"
#include "base/json.h"
#include "base/utf8.h"

static void put(dsr_json_out *json, const char *key, bool known, dsr_decimal value)
{
    dsr_json_key(json, key);
    if (!known) {
        dsr_json_null(json);
        return;
    }
    dsr_json_number(json, DSR_SLICE(""));
    dsr_decimal_write(json->to, value);
}

static void put_text(dsr_json_out *json, const char *key, dsr_slice text)
{
    dsr_json_key(json, key);
    dsr_json_string(json, text);
}

static void write_measure(dsr_json_out *json, const dsr_report *report, const dsr_code_points *points,
                          const dsr_measure *m)
{
    dsr_json_object(json);
    dsr_json_key(json, "start");
    dsr_json_u64(json, dsr_code_points_at(points, m->span.start));
    dsr_json_key(json, "end");
    dsr_json_u64(json, dsr_code_points_at(points, m->span.end));
    put_text(json, "text", dsr_slice_part(report->text, m->span.start, m->span.end));
    put_text(json, "model", dsr_slice_of(dsr_measure_model_name(m->model)));
    put_text(json, "kind", dsr_slice_of(m->kind));
    put(json, "value", m->has_value, m->value);
    put(json, "low", m->has_low, m->low);
    put(json, "high", m->has_high, m->high);
    dsr_json_key(json, "low_open");
    dsr_json_bool(json, m->low_open);
    dsr_json_key(json, "high_open");
    dsr_json_bool(json, m->high_open);
    put_text(json, "unit", m->unit);
    put_text(json, "unit_kind", m->unit_kind);
    put_text(json, "code", m->code);
    dsr_json_object_end(json);
}

static void write_head(dsr_json_out *json, const dsr_report *report)
{
    char id[DSR_ID_TEXT];
    dsr_id_format(report->id, id);
    put_text(json, "schema", DSR_SLICE("dossier.numbers/1"));
    put_text(json, "id", dsr_slice_of(id));
    put_text(json, "path", report->source.path);
    put_text(json, "record", report->source.record);
}

dsr_status dsr_engine_write_numbers(const dsr_engine *engine, const dsr_report *report, dsr_buffer *to,
                                    dsr_error *error)
{
    dsr_arena *arena = dsr_arena_new(0);
    dsr_measures measures = {NULL, 0, 0};
    dsr_code_points points;
    dsr_status status = arena ? dsr_code_points_build(arena, report->text, &points) : DSR_ERR_MEMORY;
    if (status == DSR_OK) {
        dsr_span whole = {0, (uint32_t)report->text.len};
        status = dsr_measures_list(arena, engine->lexicon, report, whole, &measures);
    }
    if (status == DSR_OK) {
        dsr_json_out json;
        dsr_json_open(&json, to);
        dsr_json_object(&json);
        write_head(&json, report);
        dsr_json_key(&json, "numbers");
        dsr_json_array(&json);
        for (size_t i = 0; i < measures.count; i++) {
            write_measure(&json, report, &points, &measures.items[i]);
        }
        dsr_json_array_end(&json);
        dsr_json_object_end(&json);
        status = to->status;
    }
    dsr_arena_drop(arena);
    return status == DSR_OK ? DSR_OK : dsr_fail_memory(error, "figures");
}
