public enum PlaceholderLAIWire {}
