"""The language of `protocol.yaml`: strict YAML with places, the typed protocol, its JSON Schema."""
