using System.CommandLine;
using MiniosBuild.Linking.Contracts;

namespace MiniosBuild.Tool.Sets;

/// <summary>The option that names the contract: what a framework needs of a libc, and gives.</summary>
internal sealed class ContractOption
{
    private const string BuiltIn = "reference.contract.json";

    private readonly Option<string?> _contract = new("--contract")
    {
        Description = "The framework: the minios.contract.json that a build of its archives leaves in share/minios. Without it: the reference tree with all its drivers.",
        HelpName = "file",
    };

    public ContractOption(Command command) => command.Add(_contract);

    /// <summary>What messages call the contract.</summary>
    public string Path(ParseResult parsed) => parsed.GetValue(_contract) ?? BuiltIn;

    /// <exception cref="DiagnosticException">MINIOS1801, 1650-1653.</exception>
    public LibcContract Load(ParseResult parsed)
    {
        if (parsed.GetValue(_contract) is { } path)
        {
            return LibcContract.Parse(InputText.ReadBytes(path), path);
        }

        using Stream resource = typeof(ContractOption).Assembly.GetManifestResourceStream(BuiltIn)!;
        byte[] bytes = new byte[resource.Length];
        resource.ReadExactly(bytes);
        return LibcContract.Parse(bytes, BuiltIn);
    }
}
