namespace MiniosBuild.Fuzzing.Execution;

/// <summary>An execution that did not end as promised.</summary>
/// <param name="Target">Which code.</param>
/// <param name="Execution">Which execution; with the seed it gives the input again.</param>
/// <param name="Kind">The exception's type, or which limit was passed; with where it was thrown.</param>
/// <param name="Message">What happened.</param>
/// <param name="Input">The input.</param>
public sealed record FuzzFailure(string Target, long Execution, string Kind, string Message, byte[] Input);
