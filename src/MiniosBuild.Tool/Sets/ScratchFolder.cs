namespace MiniosBuild.Tool.Sets;

/// <summary>A folder for temporary files, made when it is first asked for and removed with all that is in it.</summary>
internal sealed class ScratchFolder : IDisposable
{
    private DirectoryInfo? _folder;

    public string Path => (_folder ??= Directory.CreateTempSubdirectory("minios-")).FullName;

    public void Dispose() => _folder?.Delete(recursive: true);
}
