using MiniosBuild.TestUtilities;
using MiniosBuild.Toolchain.Files;

namespace MiniosBuild.UnitTests.Toolchain;

public sealed class StepRecordTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly string _input, _output, _record;

    public StepRecordTests()
    {
        _input = _folder.Write("in put.c", "1");
        _output = _folder.Write("out.o", "2");
        _record = _folder.File("out.step");
        File.SetLastWriteTimeUtc(_input, DateTime.UtcNow.AddMinutes(-1));
        StepRecord.Write(_record, "f", DateTime.UtcNow, [_input], [_output]);
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void NothingChangedIsUpToDate() => Assert.Null(StepRecord.WhyOutOfDate(_record, "f"));

    [Fact]
    public void AnotherCommandIsAReason() => Assert.Contains("command", StepRecord.WhyOutOfDate(_record, "g"));

    [Fact]
    public void ATouchedInputIsAReason()
    {
        File.SetLastWriteTimeUtc(_input, DateTime.UtcNow.AddMinutes(1));

        Assert.Equal($"{_input} changed", StepRecord.WhyOutOfDate(_record, "f"));
    }

    [Fact]
    public void AMissingInputIsAReason()
    {
        File.Delete(_input);

        Assert.Equal($"{_input} is missing", StepRecord.WhyOutOfDate(_record, "f"));
    }

    [Fact]
    public void AnOutputThatSomebodyChangedIsAReason()
    {
        File.WriteAllText(_output, "truncated");

        Assert.Equal($"{_output} changed", StepRecord.WhyOutOfDate(_record, "f"));
    }

    [Fact]
    public void ARecordThatWasCutOffIsAReason()
    {
        string text = File.ReadAllText(_record);
        for (int length = 0; length < text.Length - 1; length++)
        {
            File.WriteAllText(_record, text[..length]);
            Assert.NotNull(StepRecord.WhyOutOfDate(_record, "f"));
        }
    }

    [Fact]
    public void AnInputWrittenWhileTheStepRanIsAReason()
    {
        File.SetLastWriteTimeUtc(_input, DateTime.UtcNow);
        StepRecord.Write(_record, "f", DateTime.UtcNow.AddSeconds(-5), [_input], [_output]);

        Assert.NotNull(StepRecord.WhyOutOfDate(_record, "f"));
    }
}
