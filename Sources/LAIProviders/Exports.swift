// Whoever imports LAIProviders has the values that it speaks in.
@_exported public import LAICore
@_exported public import LAIDialects
