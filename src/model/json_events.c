/* Events and positions as JSON. */
#include "model/json_parts.h"

static void put_ids(dsr_json_out *json, const char *key, const dsr_report *report, const dsr_actors *actors)
{
    dsr_json_key(json, key);
    dsr_json_array(json);
    for (size_t i = 0; i < actors->count; i++) {
        const dsr_actor *actor = &actors->items[i];
        uint32_t number = actor->side < report->entities.count ? actor->side : actor->entity;
        if (number < report->entities.count) {
            dsr_json_string(json, report->entities.items[number].id);
        }
    }
    dsr_json_array_end(json);
}

static void put_actor_members(dsr_json_out *json, const dsr_report *report, const dsr_code_points *points,
                              const dsr_actor *actor)
{
    dsr_slice name = dsr_report_actor_name(report, actor);
    put_slice(json, "name", name.len > 0 ? name : DSR_SLICE_NONE);
    put_entity(json, "entity", report, actor->entity);
    put_entity(json, "side", report, actor->side);
    put_slice(json, "code", actor->code);
    put_place(json, "start", "end", points, actor->span);
}

/* Who they are in the text, entities or not. */
static void put_actors(dsr_json_out *json, const char *key, const dsr_report *report,
                       const dsr_code_points *points, const dsr_actors *actors)
{
    dsr_json_key(json, key);
    dsr_json_array(json);
    for (size_t i = 0; i < actors->count; i++) {
        dsr_json_object(json);
        put_actor_members(json, report, points, &actors->items[i]);
        dsr_json_object_end(json);
    }
    dsr_json_array_end(json);
}

static void put_name(dsr_json_out *json, const char *key, const dsr_report *report, const dsr_actor *actor)
{
    dsr_slice name = dsr_report_actor_name(report, actor);
    put_slice(json, key, name.len > 0 ? name : DSR_SLICE_NONE);
}

static void write_event(dsr_json_out *json, const dsr_report *report, const dsr_code_points *points,
                        const dsr_event *event, bool with_text)
{
    const dsr_time *when = dsr_report_time_at(report, event->when);
    dsr_json_object(json);
    put_span(json, "start", "end", points, event->span);
    put_text(json, report, event->span, with_text);
    put_word(json, "type", dsr_event_type_name(event->type));
    put_slice(json, "mode", event->mode);
    put_slice(json, "cameo", event->cameo);
    put_ids(json, "sources", report, &event->sources);
    put_ids(json, "targets", report, &event->targets);
    put_slice(json, "date", when != NULL ? when->value : DSR_SLICE_NONE);
    put_mention(json, "place", report, event->where);
    put_word(json, "realis", dsr_realis_name(event->realis));
    if (event->told_by.entity < report->entities.count) {
        put_canonical(json, "attributed_to", report, event->told_by.entity);
    } else {
        put_name(json, "attributed_to", report, &event->told_by);
    }
    put_slice(json, "rule", event->rule);
    put_mention(json, "action", report, event->action);
    put_place(json, "action_start", "action_end", points, event->action);
    put_actors(json, "source_actors", report, points, &event->sources);
    put_actors(json, "target_actors", report, points, &event->targets);
    dsr_json_object_end(json);
}

void dsr_events_write_json(dsr_json_out *json, const dsr_report *report, const dsr_code_points *points,
                           bool with_text)
{
    dsr_json_key(json, "events");
    dsr_json_array(json);
    for (size_t i = 0; i < report->events.count; i++) {
        write_event(json, report, points, &report->events.items[i], with_text);
    }
    dsr_json_array_end(json);
}

/* "United States; NATO"; null for nobody. */
static void put_toward(dsr_json_out *json, const dsr_report *report, const dsr_actors *toward)
{
    dsr_json_key(json, "toward");
    if (toward->count == 0) {
        dsr_json_null(json);
        return;
    }
    dsr_buffer names;
    dsr_buffer_open(&names, 0);
    for (size_t i = 0; i < toward->count; i++) {
        dsr_buffer_append(&names, i > 0 ? DSR_SLICE("; ") : DSR_SLICE(""));
        dsr_buffer_append(&names, dsr_report_actor_name(report, &toward->items[i]));
    }
    if (note_failure(json->to, names.status)) {
        dsr_json_string(json, dsr_buffer_slice(&names));
    }
    dsr_buffer_drop(&names);
}

static void write_position(dsr_json_out *json, const dsr_report *report, const dsr_code_points *points,
                           const dsr_position *position, bool with_text)
{
    dsr_json_object(json);
    put_span(json, "start", "end", points, position->span);
    put_text(json, report, position->span, with_text);
    put_slice(json, "party", dsr_report_actor_name(report, &position->party));
    put_slice(json, "issue", position->issue);
    put_word(json, "stance", dsr_stance_name(position->stance));
    put_toward(json, report, &position->toward);
    put_canonical(json, "speaker", report, position->speaker.entity);
    put_slice(json, "rule", position->rule);
    put_entity(json, "party_entity", report,
               position->party.side < report->entities.count ? position->party.side : position->party.entity);
    put_entity(json, "speaker_entity", report, position->speaker.entity);
    put_mention(json, "action", report, position->action);
    put_place(json, "action_start", "action_end", points, position->action);
    put_actors(json, "toward_actors", report, points, &position->toward);
    put_place(json, "answers_start", "answers_end", points, position->answers);
    dsr_json_object_end(json);
}

void dsr_positions_write_json(dsr_json_out *json, const dsr_report *report, const dsr_code_points *points,
                              bool with_text)
{
    dsr_json_key(json, "positions");
    dsr_json_array(json);
    for (size_t i = 0; i < report->positions.count; i++) {
        write_position(json, report, points, &report->positions.items[i], with_text);
    }
    dsr_json_array_end(json);
}
