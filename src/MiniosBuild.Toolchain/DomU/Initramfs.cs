using System.Text;

namespace MiniosBuild.Toolchain.DomU;

/// <summary>
/// Writes the file system that a Linux kernel starts with, a cpio archive of the form newc (Linux,
/// Documentation/driver-api/early-userspace/buffer-format.rst). Everything belongs to root; parent folders are made as needed.
/// </summary>
internal sealed class Initramfs(Stream archive) : IDisposable
{
    private const uint FolderMode = 0x41ed, FileMode = 0x81ed, LinkMode = 0xa1ff; // 0755 for all but links

    private readonly HashSet<string> _paths = [""];
    private uint _inode;

    public void AddFolder(string path)
    {
        path = path.Trim('/');
        if (_paths.Add(path))
        {
            AddFolder(Path.GetDirectoryName(path)!);
            Write(path, FolderMode, []);
        }
    }

    public void AddLink(string path, string target) => Add(path, LinkMode, Encoding.UTF8.GetBytes(target));

    /// <summary>Adds what a file of the machine holds, also if it is a link; one that is there already stays.</summary>
    public void AddFile(string path, string source)
    {
        if (!_paths.Contains(path.Trim('/')))
        {
            Add(path, FileMode, File.ReadAllBytes(source));
        }
    }

    public void AddFile(string path, byte[] content) => Add(path, FileMode, content);

    public void Dispose()
    {
        Write("TRAILER!!!", 0, []);
        archive.Dispose();
    }

    private void Add(string path, uint mode, byte[] content)
    {
        path = path.Trim('/');
        AddFolder(Path.GetDirectoryName(path)!);
        _paths.Add(path);
        Write(path, mode, content);
    }

    private void Write(string path, uint mode, byte[] content)
    {
        byte[] name = Encoding.UTF8.GetBytes(path);

        // ino mode uid gid nlink mtime filesize devmajor devminor rdevmajor rdevminor namesize check
        uint[] fields = [++_inode, mode, 0, 0, 1, 0, (uint)content.Length, 0, 0, 0, 0, (uint)name.Length + 1, 0];
        archive.Write("070701"u8);
        foreach (uint field in fields)
        {
            archive.Write(Encoding.ASCII.GetBytes(field.ToString("x8")));
        }

        archive.Write(name);
        archive.WriteByte(0);
        Pad();
        archive.Write(content);
        Pad();
    }

    private void Pad()
    {
        while (archive.Position % 4 != 0)
        {
            archive.WriteByte(0);
        }
    }
}
