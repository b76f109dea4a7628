namespace MiniosBuild.TaskTests;

/// <summary>An error, warning or message as a task logged it.</summary>
internal sealed record LoggedEvent(string? Code, string? File, int Line, int Column, string Message, string? HelpLink = null);
