import AsyncHTTPClient
public enum PlaceholderP {}
