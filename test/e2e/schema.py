"""Checks JSON values against the part of JSON Schema that doc/schema uses. A keyword that it does not know is an error,
so that nothing is taken for checked that was not."""
import re

TYPES = {"object": dict, "array": list, "string": str, "boolean": bool, "null": type(None), "integer": int,
         "number": (int, float)}
SAYS_NOTHING = {"$schema", "$id", "$defs", "definitions", "title", "description", "$comment", "examples", "default", "format"}


def is_type(value, name):
    if isinstance(value, bool):
        return name == "boolean"
    return isinstance(value, TYPES[name])


def resolve(root, reference):
    if not reference.startswith("#/"):
        raise ValueError(f"a reference out of the file: {reference}")
    at = root
    for part in reference[2:].split("/"):
        at = at[part.replace("~1", "/").replace("~0", "~")]
    return at


def object_flaws(value, schema, root, path):
    flaws = [f"{path}: lacks {name}" for name in schema.get("required", []) if name not in value]
    for name, others in schema.get("dependentRequired", {}).items():
        flaws += [f"{path}: has {name} without {other}" for other in others if name in value and other not in value]
    known = schema.get("properties", {})
    for name, item in value.items():
        rule = known.get(name, schema.get("additionalProperties", True))
        flaws += flaws_of(item, rule, root, f"{path}.{name}")
    return flaws


def array_flaws(value, schema, root, path):
    flaws = []
    if len(value) < schema.get("minItems", 0) or len(value) > schema.get("maxItems", len(value)):
        flaws.append(f"{path}: {len(value)} items")
    if schema.get("uniqueItems") and len({repr(item) for item in value}) < len(value):
        flaws.append(f"{path}: items are not unique")
    if "items" in schema:
        for at, item in enumerate(value):
            flaws += flaws_of(item, schema["items"], root, f"{path}[{at}]")
    return flaws


def scalar_flaws(value, schema, path):
    flaws = []
    if isinstance(value, str):
        if "pattern" in schema and not re.search(schema["pattern"], value):
            flaws.append(f"{path}: {value!r} does not match {schema['pattern']}")
        if not schema.get("minLength", 0) <= len(value) <= schema.get("maxLength", len(value)):
            flaws.append(f"{path}: {len(value)} characters")
    elif isinstance(value, (int, float)) and not isinstance(value, bool):
        if value < schema.get("minimum", value) or value > schema.get("maximum", value):
            flaws.append(f"{path}: {value} is out of range")
    return flaws


KNOWN = SAYS_NOTHING | {"$ref", "type", "enum", "const", "anyOf", "oneOf", "allOf", "required", "properties",
                        "additionalProperties", "items", "minItems", "maxItems", "uniqueItems", "pattern", "minLength",
                        "maxLength", "minimum", "maximum", "dependentRequired", "if", "then", "else"}


def flaws_of(value, schema, root=None, path="$"):
    """One sentence for each thing that is wrong."""
    root = schema if root is None else root
    if isinstance(schema, bool):
        return [] if schema else [f"{path}: is not allowed"]
    if unknown := set(schema) - KNOWN:
        raise ValueError(f"{path}: unknown keywords {sorted(unknown)}")
    flaws = []
    if "$ref" in schema:
        flaws += flaws_of(value, resolve(root, schema["$ref"]), root, path)
    types = schema.get("type", [])
    types = [types] if isinstance(types, str) else types
    if types and not any(is_type(value, name) for name in types):
        return flaws + [f"{path}: is {type(value).__name__}, expected {' or '.join(types)}"]
    if "enum" in schema and value not in schema["enum"]:
        flaws.append(f"{path}: {value!r} is none of {schema['enum']}")
    if "const" in schema and value != schema["const"]:
        flaws.append(f"{path}: {value!r} is not {schema['const']!r}")
    for rule in schema.get("allOf", []):
        flaws += flaws_of(value, rule, root, path)
    if "if" in schema:
        branch = "else" if flaws_of(value, schema["if"], root, path) else "then"
        flaws += flaws_of(value, schema.get(branch, True), root, path)
    for word, enough in (("anyOf", lambda n: n >= 1), ("oneOf", lambda n: n == 1)):
        if word in schema and not enough(sum(not flaws_of(value, rule, root, path) for rule in schema[word])):
            flaws.append(f"{path}: fits not {word}")
    if isinstance(value, dict):
        flaws += object_flaws(value, schema, root, path)
    elif isinstance(value, list):
        flaws += array_flaws(value, schema, root, path)
    else:
        flaws += scalar_flaws(value, schema, path)
    return flaws
