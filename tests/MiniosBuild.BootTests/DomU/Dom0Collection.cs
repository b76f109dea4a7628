using Xunit;

namespace MiniosBuild.BootTests.DomU;

/// <summary>The tests that share one dom0.</summary>
[CollectionDefinition(Name)]
public sealed class Dom0Collection : ICollectionFixture<Dom0>
{
    public const string Name = "dom0";
}
