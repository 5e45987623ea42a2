/* "dossier.outlets/1": how an outlet works. */
#include "model/json_parts.h"

#include "model/outlets.h"

static void write_ties(dsr_json_out *json, const char *key, const dsr_outlet_ties *ties)
{
    dsr_json_key(json, key);
    dsr_json_array(json);
    for (size_t i = 0; i < ties->count; i++) {
        dsr_json_object(json);
        put_word(json, "kind", ties->items[i].agency ? "agency" : "outlet");
        put_slice(json, "name", ties->items[i].name);
        put_number(json, "reports", ties->items[i].reports);
        dsr_json_key(json, "share");
        dsr_json_thousandths(json, ties->items[i].share);
        dsr_json_object_end(json);
    }
    dsr_json_array_end(json);
}

void dsr_outlet_write_json(dsr_buffer *to, const dsr_outlet_row *row)
{
    dsr_json_out json;
    dsr_json_open(&json, to);
    dsr_json_object(&json);
    put_word(&json, "schema", "dossier.outlets/1");
    put_slice(&json, "outlet", row->name);
    put_number(&json, "reports", row->reports);
    put_number(&json, "copying", row->copying);
    dsr_json_key(&json, "own");
    dsr_json_thousandths(&json, row->own);
    write_ties(&json, "takes", &row->takes);
    put_number(&json, "takes_left", row->takes_left);
    write_ties(&json, "carried_by", &row->carried_by);
    put_number(&json, "carried_by_left", row->carried_by_left);
    put_number(&json, "edited", row->edited);
    dsr_json_key(&json, "edits");
    dsr_json_object(&json);
    for (unsigned i = 0; i < DSR_EDIT_KINDS; i++) {
        put_number(&json, dsr_edit_kind_name((dsr_edit_kind)i), row->edits[i]);
    }
    dsr_json_object_end(&json);
    dsr_json_object_end(&json);
}
