using TorchSharp;

namespace Contrastive.Cli.Doctor;

/// <summary>libtorch and CUDA.</summary>
internal static class TorchChecks
{
    private const string DriverFile = "/proc/driver/nvidia/version";

    public static IReadOnlyList<Check> All { get; } =
    [
        new("libtorch", DescribeLibrary, IsEssential: true),
        new("CUDA", DescribeCuda),
    ];

    private static string DescribeLibrary()
    {
        using var one = torch.ones(1); // loads the natives
        return $"{torch.__version__} through TorchSharp {typeof(torch).Assembly.GetName().Version?.ToString(3)}, {torch.get_num_threads()} threads";
    }

    private static string DescribeCuda()
    {
        if (torch.cuda.is_available())
        {
            var devices = new Check("", () => SystemChecks.Program("nvidia-smi", "--query-gpu=name,memory.total,memory.free,driver_version", "--format=csv,noheader")).Examine();
            return $"{torch.cuda.device_count()} device(s)\n{devices.Text}";
        }

        var hasBuild = Directory.EnumerateFiles(AppContext.BaseDirectory, "*torch_cuda*").Any();
        var hasDriver = File.Exists(DriverFile) || File.Exists(Path.Combine(Environment.SystemDirectory, "nvcuda.dll"));
        return (hasBuild, hasDriver) switch
        {
            (false, false) => "none: there is no NVIDIA driver, and this build is for the CPU",
            (false, true) => "none: there is an NVIDIA driver, but this build is for the CPU; rebuild with -p:TorchBackend=cuda",
            (true, false) => $"none: this build is for CUDA, but there is no NVIDIA driver ({DriverFile})",
            (true, true) => "none: this build is for CUDA and there is an NVIDIA driver, but libtorch finds no device: is the driver too old, or the device hidden (CUDA_VISIBLE_DEVICES)?",
        };
    }
}
