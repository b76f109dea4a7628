namespace MiniosBuild.Tool.Headers;

/// <summary>A public header.</summary>
/// <param name="Path">The path by way of the command line: what messages call it.</param>
/// <param name="File">Its full path.</param>
/// <param name="Place">The name that others include it by, such as <c>mini-os/sched.h</c>.</param>
internal sealed record PublicHeader(string Path, string File, string Place);
