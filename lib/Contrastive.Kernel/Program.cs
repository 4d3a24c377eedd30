using Contrastive.Kernel.Worker;

if (args is [CellWorker.Command, var pipe, var folder])
{
    return CellWorker.Run(pipe, folder);
}

Console.Error.WriteLine("This program runs a notebook's cells for the contrastive command; start that instead: contrastive run LESSON.");
return 2;
