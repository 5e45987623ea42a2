/* What became of an input, as JSON: "dossier.outcome/1". */
#include "base/json.h"
#include "engine/engine.h"

const char *dsr_outcome_name(dsr_outcome_kind kind)
{
    static const char *const names[] = {
        [DSR_OUTCOME_ADDED] = "added",
        [DSR_OUTCOME_ALREADY_THERE] = "already_there",
        [DSR_OUTCOME_NEW_VERSION] = "new_version",
        [DSR_OUTCOME_SET_ASIDE] = "set_aside",
    };
    return names[kind];
}

static void write_id(dsr_json_out *json, const char *key, dsr_id id)
{
    char text[DSR_ID_TEXT];
    dsr_id_format(id, text);
    dsr_json_key(json, key);
    if (dsr_id_is_none(id))
        dsr_json_null(json);
    else
        dsr_json_string(json, dsr_slice_of(text));
}

static void write_reason(dsr_json_out *json, const dsr_error *error)
{
    dsr_json_key(json, "reason");
    if (error == NULL) {
        dsr_json_null(json);
        return;
    }
    dsr_json_object(json);
    dsr_json_key(json, "stage");
    dsr_json_string(json, dsr_slice_of(error->stage));
    dsr_json_key(json, "status");
    dsr_json_string(json, dsr_slice_of(dsr_status_name(error->status)));
    dsr_json_key(json, "position");
    if (error->has_position)
        dsr_json_u64(json, error->position);
    else
        dsr_json_null(json);
    dsr_json_key(json, "message");
    dsr_json_string(json, dsr_slice_of(error->message));
    dsr_json_object_end(json);
}

void dsr_outcome_write_json(dsr_buffer *to, const dsr_outcome *outcome)
{
    dsr_json_out json;
    dsr_json_open(&json, to);
    dsr_json_object(&json);
    dsr_json_key(&json, "schema");
    dsr_json_string(&json, DSR_SLICE("dossier.outcome/1"));
    dsr_json_key(&json, "outcome");
    dsr_json_string(&json, dsr_slice_of(dsr_outcome_name(outcome->kind)));
    dsr_json_key(&json, "path");
    dsr_json_string(&json, outcome->path);
    dsr_json_key(&json, "record");
    dsr_json_string(&json, outcome->record);
    write_id(&json, "id", outcome->id);
    write_id(&json, "previous", outcome->previous);
    write_reason(&json, outcome->error);
    dsr_json_object_end(&json);
}
