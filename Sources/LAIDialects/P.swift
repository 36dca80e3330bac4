public enum PlaceholderLAIDialects {}
